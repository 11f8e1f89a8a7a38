import type { Room } from '@parlance/client/room'
import { useMemo, useRef } from 'react'
import { lateWindow } from '../ui/late.tsx'
import { useMessageCommands } from './message-commands.ts'
import { type MessageOverlay, showOverlay, useOverlay } from './message-overlay.ts'
import { useLongPress } from './use-long-press.ts'

const MessageOverlayView = lateWindow(
  async () => (await import('./message-overlay-view.tsx')).MessageOverlayView,
)

const close = () => showOverlay(null)

/** The place of what opens over a message. */
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
  return (
    <MessageOverlayView
      // Each holds the keys anew until it is there.
      key={kind}
      kind={kind}
      room={room}
      // The message may have changed since.
      message={room.find(message.id) ?? message}
      commands={commands}
      opener={opener}
      isOpen={current === shown}
      onClose={close}
    />
  )
}
