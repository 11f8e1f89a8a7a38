import type { Message } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { Ellipsis, Reply, SmilePlus } from 'lucide-react'
import { useAllTexts } from '../texts/late-texts.ts'
import { IconButton } from '../ui/icon-button.tsx'
import styles from './message-actions.module.css'
import { useMessageCommands } from './message-commands.ts'
import { useOverlay } from './message-overlay.ts'
import { quickReactions } from './quick-reactions.ts'

interface MessageActionsProps {
  readonly room: Room
  readonly message: Message
}

/** The toolbar of the message that is pointed at or has the focus. */
export function MessageActions({ room, message }: MessageActionsProps) {
  const { messages } = useAllTexts()
  const commands = useMessageCommands(room)
  const overlay = useOverlay()
  const open = overlay?.message.id === message.id ? overlay.kind : undefined
  const { write } = commands.rights(message)
  return (
    <div role="toolbar" aria-label={messages.actions} className={styles.bar}>
      {write && (
        <>
          {quickReactions.slice(0, 3).map((emoji) => (
            <IconButton
              key={emoji}
              size="sm"
              className={styles.quick}
              label={messages.reactWith(emoji)}
              icon={<span className={styles.emoji}>{emoji}</span>}
              onClick={() => void commands.react(message, emoji)}
            />
          ))}
          <IconButton
            size="sm"
            label={messages.addReaction}
            icon={<SmilePlus />}
            aria-haspopup="dialog"
            aria-expanded={open === 'picker'}
            onClick={({ currentTarget }) => commands.pick(message, currentTarget)}
          />
          <IconButton
            size="sm"
            label={messages.reply}
            keys="R"
            icon={<Reply />}
            onClick={() => commands.reply(message)}
          />
        </>
      )}
      <IconButton
        size="sm"
        label={messages.more}
        icon={<Ellipsis />}
        aria-haspopup="menu"
        aria-expanded={open === 'menu'}
        onClick={({ currentTarget }) => commands.more(message, currentTarget)}
      />
    </div>
  )
}
