import assert from 'node:assert/strict'
import { type CommandType, commandTypes } from '@parlance/protocol/commands'
import { routeOf } from '@parlance/protocol/http'
import { ask, register } from './rest.ts'

/** Two accounts, a room that both own, a message and a link of the first in it, and a guest who is banned from it. */
export interface World {
  readonly owner: Awaited<ReturnType<typeof register>>
  readonly member: Awaited<ReturnType<typeof register>>
  readonly banned: number
  readonly password: string
  readonly room: number
  readonly message: number
  /** The code of a link into the room. */
  readonly invite: string
}

let count = 0

export async function makeWorld(server: { url: string }): Promise<World> {
  const number = ++count
  const password = 'correct horse'
  const owner = await register(server, `owner${number}`, password)
  const member = await register(server, `member${number}`, password)
  const made = await ask(server, 'POST', '/v1/rooms', {
    token: owner.token,
    body: { name: `room ${number}` },
  })
  const room: number = made.body.id
  assert.equal((await ask(server, 'POST', `/v1/rooms/${room}/join`, { token: member.token })).status, 200)
  const sent = await ask(server, 'POST', `/v1/rooms/${room}/messages`, {
    token: owner.token,
    body: { text: 'hello' },
  })
  const guest = await ask(server, 'POST', '/v1/guests', { body: { name: `banned${number}` } })
  const banned: number = guest.body.account.id
  const asOwner = { token: owner.token, body: { role: 'owner' } }
  assert.equal(
    (await ask(server, 'PUT', `/v1/rooms/${room}/members/${member.account.id}/role`, asOwner)).status,
    200,
  )
  assert.equal(
    (await ask(server, 'PUT', `/v1/rooms/${room}/bans/${banned}`, { token: owner.token })).status,
    204,
  )
  const link = await ask(server, 'POST', `/v1/rooms/${room}/invites`, { token: owner.token, body: {} })
  const invite: string = link.body.invite.code
  return { owner, member, banned, password, room, message: sent.body.id, invite }
}

/** An input with which the owner's command succeeds in this world. */
export const inputs: {
  readonly [T in Exclude<CommandType, 'ping'>]: (world: World) => Record<string, unknown>
} = {
  'account.create': ({ room }) => ({
    name: `new${room}`,
    password: 'long enough',
    email: `new${room}@example.com`,
  }),
  'account.get': () => ({}),
  'account.password': ({ password }) => ({ password, newPassword: 'another one' }),
  'account.delete': ({ password }) => ({ password }),
  'guest.create': ({ room }) => ({ name: `guest${room}`, client: 'a test' }),
  'session.create': ({ owner, password }) => ({ name: owner.account.name, password }),
  'session.refresh': ({ owner }) => ({ refreshToken: owner.refreshToken }),
  'session.end': () => ({}),
  'session.list': () => ({}),
  'session.revoke': ({ owner }) => ({ session: owner.session }),
  'user.find': () => ({ name: 'member', limit: 5 }),
  'room.create': ({ room }) => ({ name: `another ${room}`, topic: 'tea', visibility: 'private' }),
  'room.list': () => ({ scope: 'listed', after: 0, limit: 10 }),
  'room.get': ({ room }) => ({ room }),
  'room.update': ({ room }) => ({ room, name: `renamed ${room}`, topic: 'tea', visibility: 'public' }),
  'room.archive': ({ room }) => ({ room }),
  'room.join': ({ room }) => ({ room }),
  'room.leave': ({ room }) => ({ room }),
  'room.members': ({ room }) => ({ room, after: 0, limit: 10 }),
  'room.invite': ({ room, member }) => ({ room, user: member.account.id }),
  'room.events': ({ room }) => ({ room, after: 1, limit: 10 }),
  'room.bans': ({ room }) => ({ room, after: 0, limit: 10 }),
  'invite.create': ({ room }) => ({ room, forMs: 60_000 }),
  'invite.list': ({ room }) => ({ room }),
  'invite.revoke': ({ room, invite }) => ({ room, code: invite }),
  'invite.get': ({ invite }) => ({ code: invite }),
  'invite.accept': ({ invite }) => ({ code: invite }),
  'direct.open': ({ member }) => ({ user: member.account.id }),
  'member.role': ({ room, member }) => ({ room, user: member.account.id, role: 'moderator' }),
  'member.mute': ({ room, member }) => ({ room, user: member.account.id, forMs: 60_000 }),
  'member.remove': ({ room, member }) => ({ room, user: member.account.id }),
  'member.ban': ({ room, member }) => ({ room, user: member.account.id }),
  'member.unban': ({ room, banned }) => ({ room, user: banned }),
  'message.send': ({ room, message }) => ({ room, text: 'hi', nonce: 'n-1', replyTo: message }),
  'message.get': ({ room, message }) => ({ room, message }),
  'message.history': ({ room }) => ({ room, before: 100, limit: 10 }),
  'message.edit': ({ room, message }) => ({ room, message, text: 'hello again' }),
  'message.delete': ({ room, message }) => ({ room, message }),
  'reaction.add': ({ room, message }) => ({ room, message, emoji: '👍🏽' }),
  'reaction.remove': ({ room, message }) => ({ room, message, emoji: '👍🏽' }),
  'reaction.list': ({ room, message }) => ({ room, message, emoji: '👍🏽', after: 0, limit: 10 }),
  'read.mark': ({ room }) => ({ room, seq: 3 }),
  typing: ({ room }) => ({ room }),
  presence: ({ room }) => ({ room }),
}

/** Every command that has a route. */
export const routedTypes = commandTypes.filter((type) => type !== 'ping')

/** A command's input as a request: what belongs in the path there, the rest in the query or the body. */
export function requestOf(type: CommandType, input: Readonly<Record<string, unknown>>) {
  const route = routeOf(type)
  assert.ok(route)
  const rest = { ...input }
  const path = route.path.replace(/\{(\w+)\}/g, (_match, name: string) => {
    const value = rest[name]
    delete rest[name]
    return encodeURIComponent(textOf(value))
  })
  if (route.method !== 'GET') return { route, path, body: rest }
  const query = new URLSearchParams(
    Object.entries(rest).map(([name, value]): [string, string] => [name, textOf(value)]),
  )
  return { route, path: query.size === 0 ? path : `${path}?${query}`, body: undefined }
}

/** A value as a URL holds it. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : String(JSON.stringify(value))
}
