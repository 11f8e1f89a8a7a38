import type { Message } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { SmilePlus } from 'lucide-react'
import { useState } from 'react'
import { useTexts } from '../texts/texts.ts'
import { useMessageCommands } from './message-commands.ts'
import styles from './reactions.module.css'

interface ReactionsProps {
  readonly room: Room
  readonly message: Message
}

/** The reactions to a message; pressing one adds one's own, or takes it back. Nothing where there are none. */
export function Reactions({ room, message }: ReactionsProps) {
  const { messages } = useTexts()
  const commands = useMessageCommands(room)
  const [busy, setBusy] = useState<string | null>(null)
  if (message.reactions.length === 0) return null
  const { write } = commands.rights(message)
  const toggle = async (emoji: string) => {
    if (busy !== null || !write) return
    setBusy(emoji)
    await commands.react(message, emoji)
    setBusy(null)
  }
  return (
    <ul className={styles.reactions} aria-label={messages.reactions}>
      {message.reactions.map(({ emoji, count, me }) => (
        <li key={emoji}>
          <button
            type="button"
            className={styles.chip}
            aria-label={messages.reaction(emoji, count, me)}
            aria-pressed={me}
            aria-busy={busy === emoji || undefined}
            aria-disabled={!write || undefined}
            onClick={() => void toggle(emoji)}
          >
            <span className={styles.emoji}>{emoji}</span>
            <span>{count}</span>
          </button>
        </li>
      ))}
      {write && (
        <li>
          <button
            type="button"
            className={styles.chip}
            aria-label={messages.addReaction}
            aria-haspopup="dialog"
            data-tip={messages.addReaction}
            data-quiet
            onClick={({ currentTarget }) => commands.pick(message, currentTarget)}
          >
            <SmilePlus aria-hidden="true" />
          </button>
        </li>
      )}
    </ul>
  )
}
