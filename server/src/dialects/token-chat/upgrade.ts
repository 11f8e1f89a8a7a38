import type { RoomId } from '@parlance/protocol/models'
import type { Known } from '../../chat/chat.ts'
import type { ContractContext } from '../contract/context.ts'
import { isFault, readRoomId } from '../contract/http.ts'
import { contractRoom } from '../contract/room.ts'
import {
  contractEndings,
  refuseOverAccountLimit,
  refuseOverLimit,
  segmentAfter,
  visitor,
} from '../contract/sockets.ts'
import type { Upgrade, Visit } from '../visit.ts'
import { AccountSocket } from './account-socket.ts'
import { plain, type TokenChatDialects, tokenChatDialects } from './dialect.ts'
import { openEcho, openPlain } from './plain-socket.ts'

/** Which of the four sockets a path means. `room` is undefined where the path names none that could be. */
type Route =
  | { readonly kind: 'plain' }
  | { readonly kind: 'echo' }
  | { readonly kind: 'account' }
  | { readonly kind: 'room'; readonly room: RoomId | undefined }

/** `/ws`, `/ws/echo`, `/ws/auth` and `/ws/room/{id}` (contracts.md §3). Refused handshakes get 403 (§0). */
export function tokenChatUpgrade(context: ContractContext): Upgrade {
  const dialects = tokenChatDialects(context.chat.clock)
  return (visit) => {
    const route = routeOf(visit)
    if (route === undefined) return false
    if (refuseOverLimit(visit)) return true
    switch (route.kind) {
      case 'plain':
      case 'echo': {
        const open = route.kind === 'plain' ? openPlain : openEcho
        visit.accept({
          dialect: plain,
          endings: contractEndings,
          open: (connection) => open(context.chat, connection),
        })
        break
      }
      case 'account':
      case 'room':
        admit(context, dialects, visit, route).catch((error: unknown) => {
          context.log.error({ err: error }, 'A handshake failed.')
          visit.refuse(503, 'Service Unavailable', { 'Retry-After': '1' })
        })
        break
    }
    return true
  }
}

/** A `?username=` without a token means a named room, also one called `auth` or `echo` (contracts.md §3). */
function routeOf({ path, query, headers }: Visit): Route | undefined {
  if (path === '/ws') return { kind: 'plain' }
  if (path.startsWith('/ws/room/')) {
    const id = readRoomId(segmentAfter(path, '/ws/room/'))
    return { kind: 'room', room: isFault(id) ? undefined : id }
  }
  const name = segmentAfter(path, '/ws/')
  if (name !== 'auth' && name !== 'echo') return undefined
  const hasToken = query.has('token') || /^bearer /i.test(headers.authorization ?? '')
  if (query.has('username') && !hasToken) return undefined
  return { kind: name === 'auth' ? 'account' : 'echo' }
}

async function admit(
  context: ContractContext,
  dialects: TokenChatDialects,
  visit: Visit,
  route: Extract<Route, { kind: 'account' | 'room' }>,
): Promise<void> {
  const { chat, tokenInQuery } = context
  const actor = await visitor(chat, visit, tokenInQuery)
  if (actor === undefined || 'ok' in actor) {
    visit.refuse(403, actor === undefined ? 'Not authenticated' : 'Could not validate credentials')
    return
  }
  const room = route.kind === 'room' ? route.room : undefined
  if (route.kind === 'room' && !(await mayJoin(context, actor, room))) {
    visit.refuse(403, 'Chat room not found')
    return
  }
  // Nothing is awaited from here on, so that an account cannot slip past its limit.
  if (refuseOverAccountLimit(context, visit, actor)) return
  visit.accept({
    dialect: room === undefined ? dialects.account : dialects.room,
    endings: contractEndings,
    open: (connection) => new AccountSocket(context, connection, actor, room),
  })
}

async function mayJoin({ chat }: ContractContext, actor: Known, room: RoomId | undefined): Promise<boolean> {
  return room !== undefined && !('ok' in (await contractRoom(chat, actor, room, 'join')))
}
