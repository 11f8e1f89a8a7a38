import { type ReactNode, useEffect, useState } from 'react'
import { afterMenu } from '../ui/after-menu.ts'
import { lateWindow } from '../ui/late.tsx'
import { type RoomWindow, RoomWindowsContext } from './use-room-windows.ts'

const Switcher = lateWindow(async () => (await import('./switcher.tsx')).Switcher)
const CreateRoomDialog = lateWindow(async () => (await import('./create-room-dialog.tsx')).CreateRoomDialog)
const NewDirectDialog = lateWindow(async () => (await import('./new-direct-dialog.tsx')).NewDirectDialog)
const InviteDialog = lateWindow(async () => (await import('./invite-dialog.tsx')).InviteDialog)
const EditRoomDialog = lateWindow(async () => (await import('./edit-room-dialog.tsx')).EditRoomDialog)
const LeaveDialog = lateWindow(async () => (await import('./leave-dialog.tsx')).LeaveDialog)
const MuteDialog = lateWindow(async () => (await import('./mute-dialog.tsx')).MuteDialog)

/** Around the app: the place of the windows about rooms. Ctrl-K, or Command-K, opens and closes the switcher. */
export function RoomWindows({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<RoomWindow | null>(null)
  const [openWindow] = useState(() => (window: RoomWindow) => afterMenu(() => setShown(window)))
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey } = event
      if (key.toLowerCase() !== 'k' || ctrlKey === metaKey || altKey || shiftKey) return
      event.preventDefault()
      setShown((window) =>
        window === null ? { kind: 'switcher' } : window.kind === 'switcher' ? null : window,
      )
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
  return (
    <RoomWindowsContext value={openWindow}>
      {children}
      {shown !== null && <Shown window={shown} onClose={() => setShown(null)} />}
    </RoomWindowsContext>
  )
}

function Shown({ window, onClose }: { readonly window: RoomWindow; readonly onClose: () => void }) {
  switch (window.kind) {
    case 'switcher':
      return <Switcher onClose={onClose} />
    case 'create':
      return <CreateRoomDialog onClose={onClose} />
    case 'direct':
      return <NewDirectDialog onClose={onClose} />
    case 'invite':
      return <InviteDialog room={window.room} onClose={onClose} />
    case 'edit':
      return <EditRoomDialog room={window.room} onClose={onClose} />
    case 'leave':
      return <LeaveDialog room={window.room} onClose={onClose} />
    case 'mute':
      return <MuteDialog room={window.room} user={window.user} onClose={onClose} />
  }
}
