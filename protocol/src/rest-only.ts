import type { CommandType } from './commands.ts'
import type { Route } from './route.ts'

/** The one command of rooms that is asked over HTTP as well: by who is not logged in. */
export const anonymousRoutes = {
  'invite.get': { method: 'POST', path: '/v1/invites/get', status: 200, anonymous: true },
} as const satisfies Partial<Record<CommandType, Route>>

/** What REST alone has: the commands about accounts and sessions. They are all that the client library asks by it. */
export const restOnlyRoutes = {
  'account.create': { method: 'POST', path: '/v1/accounts', status: 201, open: true },
  'account.password': { method: 'PUT', path: '/v1/account/password', status: 204 },
  'account.delete': { method: 'DELETE', path: '/v1/account', status: 204 },
  'guest.create': { method: 'POST', path: '/v1/guests', status: 201, open: true },
  'session.create': { method: 'POST', path: '/v1/sessions', status: 201, open: true },
  'session.refresh': {
    method: 'POST',
    path: '/v1/sessions/refresh',
    status: 200,
    open: true,
  },
  'session.end': { method: 'DELETE', path: '/v1/session', status: 204 },
} as const satisfies Partial<Record<CommandType, Route>>
