import type { CommandType } from './commands.ts'
import { anonymousRoutes, restOnlyRoutes } from './rest-only.ts'
import type { Route } from './route.ts'

/** The REST projection of the command table: one route per command, `ping` alone has none. */
export const routes = {
  'account.create': restOnlyRoutes['account.create'],
  'account.get': { method: 'GET', path: '/v1/account', status: 200 },
  'account.password': restOnlyRoutes['account.password'],
  'account.delete': restOnlyRoutes['account.delete'],
  'guest.create': restOnlyRoutes['guest.create'],
  'session.create': restOnlyRoutes['session.create'],
  'session.refresh': restOnlyRoutes['session.refresh'],
  'session.end': restOnlyRoutes['session.end'],
  'session.list': { method: 'GET', path: '/v1/sessions', status: 200 },
  'session.revoke': { method: 'DELETE', path: '/v1/sessions/{session}', status: 204 },
  'user.find': { method: 'GET', path: '/v1/users', status: 200 },
  'room.create': { method: 'POST', path: '/v1/rooms', status: 201 },
  'room.list': { method: 'GET', path: '/v1/rooms', status: 200 },
  'room.get': { method: 'GET', path: '/v1/rooms/{room}', status: 200 },
  'room.update': { method: 'PATCH', path: '/v1/rooms/{room}', status: 200 },
  'room.archive': { method: 'POST', path: '/v1/rooms/{room}/archive', status: 204 },
  'room.join': { method: 'POST', path: '/v1/rooms/{room}/join', status: 200 },
  'room.leave': { method: 'POST', path: '/v1/rooms/{room}/leave', status: 204 },
  'room.members': { method: 'GET', path: '/v1/rooms/{room}/members', status: 200 },
  'room.invite': { method: 'POST', path: '/v1/rooms/{room}/members', status: 201 },
  'room.events': { method: 'GET', path: '/v1/rooms/{room}/events', status: 200 },
  'room.bans': { method: 'GET', path: '/v1/rooms/{room}/bans', status: 200 },
  // The code of a link stands in bodies only: what is in a URL ends up in logs.
  'invite.create': { method: 'POST', path: '/v1/rooms/{room}/invites', status: 201 },
  'invite.list': { method: 'GET', path: '/v1/rooms/{room}/invites', status: 200 },
  'invite.revoke': { method: 'POST', path: '/v1/rooms/{room}/invites/revoke', status: 204 },
  'invite.get': anonymousRoutes['invite.get'],
  'invite.accept': { method: 'POST', path: '/v1/invites/accept', status: 200 },
  'direct.open': { method: 'POST', path: '/v1/directs', status: 200 },
  'member.role': { method: 'PUT', path: '/v1/rooms/{room}/members/{user}/role', status: 200 },
  'member.mute': { method: 'PUT', path: '/v1/rooms/{room}/members/{user}/mute', status: 200 },
  'member.remove': { method: 'DELETE', path: '/v1/rooms/{room}/members/{user}', status: 204 },
  'member.ban': { method: 'PUT', path: '/v1/rooms/{room}/bans/{user}', status: 204 },
  'member.unban': { method: 'DELETE', path: '/v1/rooms/{room}/bans/{user}', status: 204 },
  'message.send': { method: 'POST', path: '/v1/rooms/{room}/messages', status: 201 },
  'message.history': { method: 'GET', path: '/v1/rooms/{room}/messages', status: 200 },
  'message.get': { method: 'GET', path: '/v1/rooms/{room}/messages/{message}', status: 200 },
  'message.edit': { method: 'PATCH', path: '/v1/rooms/{room}/messages/{message}', status: 200 },
  'message.delete': { method: 'DELETE', path: '/v1/rooms/{room}/messages/{message}', status: 200 },
  'reaction.add': {
    method: 'PUT',
    path: '/v1/rooms/{room}/messages/{message}/reactions/{emoji}',
    status: 200,
  },
  'reaction.remove': {
    method: 'DELETE',
    path: '/v1/rooms/{room}/messages/{message}/reactions/{emoji}',
    status: 200,
  },
  'reaction.list': {
    method: 'GET',
    path: '/v1/rooms/{room}/messages/{message}/reactions/{emoji}',
    status: 200,
  },
  'read.mark': { method: 'PUT', path: '/v1/rooms/{room}/read', status: 200 },
  typing: { method: 'POST', path: '/v1/rooms/{room}/typing', status: 204 },
  presence: { method: 'GET', path: '/v1/rooms/{room}/presence', status: 200 },
} as const satisfies Record<Exclude<CommandType, 'ping'>, Route>

/** The route of a command, or undefined where it has none. */
export function routeOf(type: CommandType): Route | undefined {
  return type === 'ping' ? undefined : routes[type]
}

/** Whether the socket speaks this command. */
export function onSocket(type: CommandType): boolean {
  return !(type in restOnlyRoutes)
}
