import type { RoomId, Seq } from '@parlance/client/models'
import { base } from './base.ts'

/** The app's places, as the router has them: below the base. The server gives the page for each of them (`server/src/doors/web.ts`). */
export const paths = {
  home: '/',
  logIn: '/log-in',
  signUp: '/sign-up',
  browse: '/browse',
  settings: '/settings',
  /** The code stands behind `#`: no server and no log sees it. */
  invite: '/invite',
} as const

const shapes = /^\/(?:log-in|sign-up|browse|invite|settings(?:\/[^/]+)?|r\/[^/]+(?:\/[^/]+)?)?\/?$/

/** Whether something is there at all: what else is asked for, the server answers with 404. */
export function isPlace(path: string): boolean {
  return shapes.test(path)
}

export function roomPath(room: RoomId, seq?: Seq): string {
  return seq === undefined ? `/r/${room}` : `/r/${room}/${seq}`
}

/** A place as this server's browsers have it, for whatever does not go through the router. */
export function hrefOf(path: string): string {
  return base + path
}

/** A place's whole address, to be given to others: where the server says that people see it, else where this page is. */
export function addressOf(path: string): string {
  const seen = document.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href.replace(/\/$/, '')
  return (seen ?? location.origin + base) + path
}
