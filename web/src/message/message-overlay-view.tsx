import type { Message } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import type { RefObject } from 'react'
import { EmojiPopover } from '../emoji/emoji-popover.tsx'
import type { MessageCommands } from './message-commands.ts'
import { MessageMenu } from './message-menu.tsx'
import type { MessageOverlay } from './message-overlay.ts'
import { ReactorList } from './reactor-list.tsx'
import { RemoveMessage } from './remove-message.tsx'

interface MessageOverlayViewProps {
  readonly kind: MessageOverlay['kind']
  readonly room: Room
  readonly message: Message
  readonly commands: MessageCommands
  readonly opener: RefObject<HTMLElement | null>
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** What opens over a message: its menu, the emoji picker, who reacted, the question before a deletion. */
export function MessageOverlayView(props: MessageOverlayViewProps) {
  const { kind, room, message, commands, opener, isOpen, onClose } = props
  switch (kind) {
    case 'menu':
      return <MessageMenu {...{ message, commands, opener, isOpen, onClose }} />
    case 'picker':
      return (
        <EmojiPopover
          opener={opener}
          isOpen={isOpen}
          onClose={onClose}
          onPick={(emoji) => void commands.react(message, emoji)}
        />
      )
    case 'reactors':
      return <ReactorList {...{ room, message, isOpen, onClose }} />
    case 'remove':
      return <RemoveMessage {...{ room, message, isOpen, onClose }} />
  }
}
