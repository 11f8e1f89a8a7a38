import { closes } from '@parlance/protocol/closes'
import type { Chat } from '../../chat/chat.ts'
import { nativeEndings } from '../../live/connection.ts'
import type { Hub } from '../../live/hub.ts'
import type { Upgrade } from '../visit.ts'
import { isOwnOrigin, readSessionCookie } from './cookie.ts'
import { native } from './dialect.ts'
import { NativeSocket } from './socket.ts'

/** `/v1/socket`. A cookie counts only from the right origin (SPEC AC13): from any other a token is needed. */
export function nativeUpgrade(chat: Chat, hub: Hub, allowedOrigins: readonly string[]): Upgrade {
  return (visit) => {
    if (visit.path !== '/v1/socket') return false
    const { cookie, origin } = visit.headers
    const isOwn = isOwnOrigin(origin, visit.peer, allowedOrigins)
    const session = isOwn ? readSessionCookie(cookie, visit.peer) : undefined
    visit.accept({
      dialect: native,
      endings: nativeEndings,
      ...(visit.isOverLimit && { refusal: closes.connectionLimit }),
      open: (connection) => new NativeSocket(chat, hub, connection, session),
    })
    return true
  }
}
