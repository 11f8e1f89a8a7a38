import { CreateRoomDialog } from './create-room-dialog.tsx'
import { EditRoomDialog } from './edit-room-dialog.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { LeaveDialog } from './leave-dialog.tsx'
import { MuteDialog } from './mute-dialog.tsx'
import { NewDirectDialog } from './new-direct-dialog.tsx'
import { Switcher } from './switcher.tsx'
import type { RoomWindow } from './use-room-windows.ts'

interface RoomWindowViewProps {
  readonly window: RoomWindow
  readonly onClose: () => void
}

/** One of the windows about rooms. */
export function RoomWindowView({ window, onClose }: RoomWindowViewProps) {
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
