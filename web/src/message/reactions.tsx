import type { Message } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { SmilePlus } from 'lucide-react'
import { useState } from 'react'
import { useTexts } from '../texts/texts.ts'
import { useMessageCommands } from './message-commands.ts'
import { ReactionChip } from './reaction-chip.tsx'
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
      {message.reactions.map((reaction) => (
        <li key={reaction.emoji}>
          <ReactionChip
            message={message}
            reaction={reaction}
            isBusy={busy === reaction.emoji}
            isDisabled={!write}
            onPress={() => void toggle(reaction.emoji)}
          />
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
