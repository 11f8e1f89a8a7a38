import type { OwnRoom, RoomId } from '@parlance/client/models'
import { useLocation } from 'wouter'
import { useClient } from '../chat/client.ts'
import { hrefOf, paths, roomPath } from '../paths.ts'
import { useTexts } from '../texts/texts.ts'
import { useToasts } from '../ui/toasts.ts'
import { useConfirm } from '../ui/use-confirm.ts'

/** Leaves a room; asks first where the way back may be closed, or somebody else has to own it. */
export function useLeaveRoom(): (room: OwnRoom) => void {
  const { rooms } = useTexts()
  const client = useClient()
  const confirm = useConfirm()
  const toasts = useToasts()
  const [, go] = useLocation()
  return ({ id, name, visibility, role }) => {
    const leave = async () => {
      await client.request({ type: 'room.leave', room: id })
      if (isOpen(id)) go(paths.home)
      toasts.say(rooms.youLeft(name))
    }
    if (visibility !== 'private' && role !== 'owner') return void leave().catch(toasts.fail)
    const text = visibility === 'private' ? rooms.leavePrivate : rooms.leaveOwned
    confirm({ title: rooms.leaveTitle(name), text, action: rooms.leave, onConfirm: leave })
  }
}

/** Whether a room, or a message of it, is what is shown now. */
function isOpen(id: RoomId): boolean {
  return `${location.pathname}/`.startsWith(hrefOf(`${roomPath(id)}/`))
}
