import type { Room } from '@parlance/client/room'
import { useMemo, useRef } from 'react'
import { lateWindow } from '../ui/late.tsx'
import { useMessageCommands } from './message-commands.ts'
import { type MessageOverlay, showOverlay, useOverlay } from './message-overlay.ts'
import { useLongPress } from './use-long-press.ts'

const MessageMenu = lateWindow(async () => (await import('./message-menu.tsx')).MessageMenu)
const RemoveMessage = lateWindow(async () => (await import('./remove-message.tsx')).RemoveMessage)
const ReactorList = lateWindow(async () => (await import('./reactor-list.tsx')).ReactorList)
const EmojiPopover = lateWindow(async () => (await import('../emoji/emoji-popover.tsx')).EmojiPopover)

const close = () => showOverlay(null)

/** The place of what opens over a message: its menu, the emoji picker, who reacted, the question before a deletion. */
export function MessageOverlays({ room }: { readonly room: Room }) {
  const current = useOverlay()
  const commands = useMessageCommands(room)
  useLongPress(room, commands)
  // What closes is shown until it is gone.
  const last = useRef<MessageOverlay | null>(null)
  if (current !== null && current.message.room === room.id) last.current = current
  const shown = last.current
  const opener = useMemo(() => ({ current: shown?.opener ?? null }), [shown])
  if (shown === null) return null
  const { kind, message } = shown
  const isOpen = (wanted: MessageOverlay['kind']) => current === shown && kind === wanted
  // The message may have changed since.
  const fresh = room.find(message.id) ?? message
  return (
    <>
      {kind === 'menu' && (
        <MessageMenu
          message={fresh}
          commands={commands}
          opener={opener}
          isOpen={isOpen('menu')}
          onClose={close}
        />
      )}
      {kind === 'picker' && (
        <EmojiPopover
          opener={opener}
          isOpen={isOpen('picker')}
          onClose={close}
          onPick={(emoji) => void commands.react(fresh, emoji)}
        />
      )}
      {kind === 'reactors' && (
        <ReactorList room={room} message={fresh} isOpen={isOpen('reactors')} onClose={close} />
      )}
      {kind === 'remove' && (
        <RemoveMessage room={room} message={fresh} isOpen={isOpen('remove')} onClose={close} />
      )}
    </>
  )
}
