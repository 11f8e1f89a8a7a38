import type { OwnRoom } from '@parlance/client/models'
import { useClient } from '../chat/client.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { useToasts } from '../ui/toasts.ts'
import { useConfirm } from '../ui/use-confirm.ts'
import { useLeaving } from './use-leaving.ts'
import { useRoomWindows } from './use-room-windows.ts'

/** Leaves a room; asks first where the way back may be closed, and who owns it next where that is to be said. */
export function useLeaveRoom(): (room: OwnRoom) => void {
  const { rooms } = useAllTexts()
  const client = useClient()
  const confirm = useConfirm()
  const toasts = useToasts()
  const openWindow = useRoomWindows()
  const leave = useLeaving()
  return (summary) => {
    const { id, name, visibility, role, members } = summary
    const room = client.room(id)
    if (role === 'owner' && members > 1 && room !== undefined) return openWindow({ kind: 'leave', room })
    if (visibility !== 'private' && role !== 'owner') return void leave(summary).catch(toasts.fail)
    const text = visibility === 'private' ? rooms.leavePrivate : rooms.leaveAlone
    confirm({ title: rooms.leaveTitle(name), text, action: rooms.leave, onConfirm: () => leave(summary) })
  }
}
