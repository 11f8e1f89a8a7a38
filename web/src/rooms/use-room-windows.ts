import type { UserId } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { createContext, use } from 'react'

/** What opens over the app and concerns rooms; one at a time. */
export type RoomWindow =
  | { readonly kind: 'switcher' | 'create' | 'direct' }
  | { readonly kind: 'invite' | 'edit' | 'leave'; readonly room: Room }
  | {
      readonly kind: 'mute'
      readonly room: Room
      readonly user: { readonly id: UserId; readonly name: string }
    }

export const RoomWindowsContext = createContext<(window: RoomWindow) => void>(() => {})

/** Opens a window, which outlives the menu or panel it was asked from. */
export function useRoomWindows(): (window: RoomWindow) => void {
  return use(RoomWindowsContext)
}
