import type { Message } from '@parlance/client/models'
import { Copy, Link, Pencil, Reply, Smile, SmilePlus, Trash2 } from 'lucide-react'
import { type RefObject, useRef } from 'react'
import { useAllTexts } from '../texts/late-texts.ts'
import { MenuItem, MenuPopup, MenuSeparator } from '../ui/menu.tsx'
import type { MessageCommands } from './message-commands.ts'
import styles from './message-menu.module.css'
import { quickReactions } from './quick-reactions.ts'

interface MessageMenuProps {
  readonly message: Message
  readonly commands: MessageCommands
  readonly opener: RefObject<HTMLElement | null>
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Everything that can be done with a message. */
export function MessageMenu({ message, commands, opener, isOpen, onClose }: MessageMenuProps) {
  const { messages, common } = useAllTexts()
  const { write, edit, remove } = commands.rights(message)
  // What opens in the menu's place opens after it has given the focus back.
  const next = useRef<(() => void) | undefined>(undefined)
  const later = (act: (opener: HTMLElement) => void) => {
    const element = opener.current
    if (element !== null) next.current = () => act(element)
  }
  const goOn = () => {
    const act = next.current
    next.current = undefined
    if (act !== undefined) requestAnimationFrame(act)
  }
  return (
    <MenuPopup
      opener={opener}
      isOpen={isOpen}
      onOpenChange={(open) => open || onClose()}
      onClosed={goOn}
      side="bottom"
      align="end"
    >
      {write && (
        <>
          <div className={styles.quick}>
            {quickReactions.map((emoji) => (
              <MenuItem key={emoji} onSelect={() => void commands.react(message, emoji)}>
                <span role="img" aria-label={messages.reactWith(emoji)}>
                  {emoji}
                </span>
              </MenuItem>
            ))}
          </div>
          <MenuItem icon={<SmilePlus />} onSelect={() => later((at) => commands.pick(message, at))}>
            {messages.addReaction}
          </MenuItem>
          <MenuItem icon={<Reply />} onSelect={() => later(() => commands.reply(message))}>
            {messages.reply}
          </MenuItem>
        </>
      )}
      {message.reactions.length > 0 && (
        <MenuItem icon={<Smile />} onSelect={() => later((at) => commands.showReactors(message, at))}>
          {messages.showReactors}
        </MenuItem>
      )}
      {edit && (
        <MenuItem icon={<Pencil />} onSelect={() => later(() => commands.edit(message))}>
          {messages.edit}
        </MenuItem>
      )}
      <MenuItem icon={<Link />} onSelect={() => commands.copyLink(message)}>
        {messages.copyLink}
      </MenuItem>
      {message.deletedAt === null && (
        <MenuItem icon={<Copy />} onSelect={() => commands.copyText(message)}>
          {messages.copyText}
        </MenuItem>
      )}
      {remove && (
        <>
          <MenuSeparator />
          <MenuItem
            icon={<Trash2 />}
            tone="danger"
            onSelect={() => later((at) => commands.remove(message, at))}
          >
            {common.delete}
          </MenuItem>
        </>
      )}
    </MenuPopup>
  )
}
