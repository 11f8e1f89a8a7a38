import type { OwnRoom, RoomId } from '@parlance/client/models'
import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { roomPath } from '../paths.ts'
import { preferences } from '../preferences.ts'
import { nextRoom } from './next-room.ts'
import { waitingIn } from './waiting.ts'

/** Alt and an arrow go to the next room up or down the list; with Shift to the next one where something waits. */
export function useRoomKeys(rooms: readonly OwnRoom[], current: RoomId | undefined): void {
  const [, go] = useLocation()
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const { key, altKey, ctrlKey, metaKey, shiftKey } = event
      if ((key !== 'ArrowUp' && key !== 'ArrowDown') || !altKey || ctrlKey || metaKey) return
      if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null) return
      event.preventDefault()
      const isWanted = (room: OwnRoom) => !shiftKey || waitingIn(preferences(), room).isUnread
      const next = nextRoom(rooms, current, key === 'ArrowUp' ? -1 : 1, isWanted)
      if (next !== undefined) go(roomPath(next.id))
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [rooms, current, go])
}
