import { closes } from '@parlance/protocol/closes'
import type { Chat } from '../../chat/chat.ts'
import { nativeEndings } from '../../live/connection.ts'
import type { Hub } from '../../live/hub.ts'
import type { Site } from '../site.ts'
import type { Upgrade, Visit } from '../visit.ts'
import { readSessionCookie } from './cookie.ts'
import { native } from './dialect.ts'
import { type BrowserProof, NativeSocket } from './socket.ts'

/** `/v1/socket`. A cookie counts only from the right origin (SPEC AC13): from any other a token is needed. */
export function nativeUpgrade(chat: Chat, hub: Hub, site: Site): Upgrade {
  return (visit) => {
    if (visit.path !== '/v1/socket') return false
    const proof = proofOf(visit, site)
    visit.accept({
      dialect: native,
      endings: nativeEndings,
      ...(visit.isOverLimit && { refusal: closes.connectionLimit }),
      open: (connection) => new NativeSocket(chat, hub, connection, proof),
    })
    return true
  }
}

/** The session's cookie from the right origin; what to tell where a browser, or its cookie, comes from another one. */
function proofOf({ headers, peer }: Visit, site: Site): BrowserProof {
  const { cookie, origin, ...others } = headers
  const session = readSessionCookie(cookie, peer, site)
  if (site.isRight(origin, peer)) return { session }
  if (origin === undefined && session === undefined) return { session }
  // All of the handshake would be kept for the life of the socket.
  const seen = { origin, 'x-forwarded-host': others['x-forwarded-host'] }
  return { refused: () => site.refused(seen, peer) }
}
