import { bannedFrom, bans } from './queries/bans.ts'
import { changePassword, enroll, logIn, removeAs, replaceHash } from './queries/credentials.ts'
import { eventsAfter } from './queries/events.ts'
import { gone, holdName, release, rooms as roomsOfGuest, see } from './queries/guests.ts'
import {
  create as createInvite,
  get as getInvite,
  list as listInvites,
  revoke as revokeInvite,
} from './queries/invites.ts'
import { get as getMessage, memberOf, page, reactors, recent } from './queries/messages.ts'
import { mark } from './queries/reads.ts'
import {
  find as findRooms,
  listed,
  memberIds,
  members,
  mentioned,
  own,
  ownOne,
  rosters,
  standing,
} from './queries/rooms.ts'
import {
  byRefresh,
  create as createSession,
  end,
  endAll,
  get as getSession,
  list,
  rotate,
} from './queries/sessions.ts'
import { remove } from './queries/user-removal.ts'
import { byLogin, create as createUser, find as findUsers, get as getUser } from './queries/users.ts'
import type { Sql } from './sql.ts'

const reads = {
  eventsAfter,
  'rooms.standing': standing,
  'rooms.own': own,
  'rooms.ownOne': ownOne,
  'rooms.listed': listed,
  'rooms.find': findRooms,
  'rooms.members': members,
  'rooms.bans': bans,
  'rooms.bannedFrom': bannedFrom,
  'rooms.memberIds': memberIds,
  'rooms.rosters': rosters,
  'rooms.mentioned': mentioned,
  'invites.get': getInvite,
  'invites.list': listInvites,
  'messages.get': getMessage,
  'messages.memberOf': memberOf,
  'messages.page': page,
  'messages.recent': recent,
  'messages.reactors': reactors,
  'users.get': getUser,
  'guests.gone': gone,
  'guests.rooms': roomsOfGuest,
  'users.byLogin': byLogin,
  'users.find': findUsers,
  'sessions.get': getSession,
  'sessions.byRefresh': byRefresh,
  'sessions.list': list,
} as const

const writes = {
  'invites.create': createInvite,
  'invites.revoke': revokeInvite,
  'reads.mark': mark,
  'users.create': createUser,
  'users.enroll': enroll,
  'users.changePassword': changePassword,
  'users.replaceHash': replaceHash,
  'users.removeAs': removeAs,
  'users.remove': remove,
  'guests.see': see,
  'guests.hold': holdName,
  'guests.release': release,
  'sessions.create': createSession,
  'sessions.logIn': logIn,
  'sessions.rotate': rotate,
  'sessions.end': end,
  'sessions.endAll': endAll,
} as const

/** Every operation of the store but `append`, by name: a read sees one moment, a write has a transaction. */
const operations = { ...reads, ...writes }

export type OperationName = keyof typeof operations
export type OperationArgs<K extends OperationName> = (typeof operations)[K] extends (
  sql: Sql,
  ...args: infer A
) => unknown
  ? A
  : never
export type OperationResult<K extends OperationName> = Awaited<ReturnType<(typeof operations)[K]>>

const table: { [K in OperationName]: (sql: Sql, ...args: OperationArgs<K>) => Promise<OperationResult<K>> } =
  operations

export function isWrite(name: OperationName): boolean {
  return Object.hasOwn(writes, name)
}

/** An operation that is asked for across threads; `id` is the asker's. */
export type OperationCall<K extends OperationName = OperationName> = {
  readonly [P in K]: { readonly id: number; readonly name: P; readonly args: OperationArgs<P> }
}[K]

export function perform<K extends OperationName>(
  sql: Sql,
  call: OperationCall<K>,
): Promise<OperationResult<K>> {
  return table[call.name](sql, ...call.args)
}
