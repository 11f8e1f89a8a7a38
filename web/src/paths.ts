import type { RoomId, Seq } from '@parlance/client/models'

/** The app's places; the server gives the page for each of them (`server/src/doors/web.ts`). */
export const paths = {
  home: '/',
  logIn: '/log-in',
  signUp: '/sign-up',
  browse: '/browse',
  settings: '/settings',
  /** The code stands behind `#`: no server and no log sees it. */
  invite: '/invite',
} as const

export function roomPath(room: RoomId, seq?: Seq): string {
  return seq === undefined ? `/r/${room}` : `/r/${room}/${seq}`
}
