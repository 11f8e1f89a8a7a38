import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Draft } from '../../src/ports/store.ts'
import { openSqlite } from '../../src/store/sqlite/open.ts'
import { type Call, runTurn } from '../../src/store/sqlite/turn.ts'

const at = '2026-01-01T00:00:00.000Z'
const later = '2027-01-01T00:00:00.000Z'
const actor = { id: 1, name: 'ann' }
const by = { room: 1, actor, at }
const message = { ...by, message: 1 }
const member = { ...by, user: 2 }
const session = {
  id: 's',
  user: 1,
  createdAt: at,
  lastUsedAt: at,
  expiresAt: later,
  client: null,
  address: null,
}

const create: Draft = {
  type: 'room.create',
  actor,
  at,
  name: 'x',
  topic: '',
  visibility: 'public',
  members: [{ user: 1, role: 'owner' }],
  uniqueName: true,
  directKey: 'k',
  most: 9,
}
const user = { name: 'ann', kind: 'user', email: 'a@example.com', passwordHash: null, at } as const

/** Together they run every statement that the store has. */
const drafts: readonly Draft[] = [
  create,
  { type: 'member.join', ...member, role: 'member' },
  { type: 'message.send', ...by, text: 'hi', nonce: 'n', replyTo: null, mentions: [2] },
  { type: 'message.send', ...by, text: 'ho', nonce: null, replyTo: 1, mentions: [2] },
  { type: 'message.edit', ...message, text: 'hey', mentions: [] },
  { type: 'reaction.add', ...message, emoji: 'x' },
  { type: 'reaction.add', ...message, emoji: 'x' },
  { type: 'reaction.remove', ...message, emoji: 'x' },
  { type: 'message.delete', ...message },
  { type: 'room.update', ...by, name: 'y' },
  { type: 'member.role', ...member, role: 'owner' },
  { type: 'member.role', ...member, role: 'member' },
  { type: 'member.mute', ...member, until: later },
  { type: 'member.ban', ...member },
  { type: 'member.unban', ...member },
  { type: 'member.join', ...member, role: 'member' },
  { type: 'member.leave', ...member },
  { type: 'member.join', ...member, role: 'member' },
  { type: 'member.leave', ...member, heir: 1 },
  { type: 'member.join', ...member, role: 'member' },
  { type: 'member.join', ...member, role: 'member', invite: 'c' },
  { type: 'room.update', ...by, visibility: 'open' },
  { type: 'member.join', ...member, user: 3, role: 'owner' },
  { type: 'member.mute', ...member, user: 3, until: later },
  { type: 'room.update', ...by, visibility: 'private' },
]

const calls: readonly Call[] = [
  { id: 0, name: 'users.create', args: [user] },
  { id: 0, name: 'users.create', args: [{ ...user, name: 'bob', email: null }] },
  { id: 0, name: 'users.create', args: [{ ...user, name: 'gus', email: null, kind: 'guest' }] },
  { id: 0, name: 'users.create', args: [{ ...user, name: 'gus', email: null, kind: 'guest' }] },
  ...drafts.map((draft): Call => ({ id: 0, name: 'append', args: [JSON.stringify([draft])] })),
  { id: 0, name: 'sessions.create', args: [{ ...session, refreshHash: 'r1' }] },
  { id: 0, name: 'sessions.rotate', args: ['r1', 'r2', at, later] },
  { id: 0, name: 'sessions.rotate', args: ['r1', 'r2', at, later] },
  { id: 0, name: 'sessions.get', args: ['s', at] },
  { id: 0, name: 'sessions.byRefresh', args: ['r2', at] },
  { id: 0, name: 'sessions.list', args: [1, at] },
  { id: 0, name: 'sessions.end', args: [1, 's'] },
  { id: 0, name: 'sessions.endAll', args: [1, null] },
  { id: 0, name: 'guests.see', args: [[1, 3], later, later] },
  { id: 0, name: 'guests.gone', args: [later, 10] },
  { id: 0, name: 'guests.rooms', args: [3] },
  { id: 0, name: 'guests.release', args: [3, later] },
  { id: 0, name: 'guests.hold', args: [3, later] },
  {
    id: 0,
    name: 'append',
    args: [JSON.stringify([{ type: 'member.join', ...by, user: 3, role: 'member' }])],
  },
  { id: 0, name: 'users.get', args: [1] },
  { id: 0, name: 'users.byLogin', args: ['a@example.com'] },
  { id: 0, name: 'users.find', args: ['a', 10] },
  {
    id: 0,
    name: 'users.enroll',
    args: [
      { ...user, name: 'cat', email: null },
      { ...session, id: 'e', refreshHash: 're' },
    ],
  },
  { id: 0, name: 'users.replaceHash', args: [1, null, 'h'] },
  { id: 0, name: 'sessions.logIn', args: [{ ...session, id: 'l', refreshHash: 'rl' }, 'h'] },
  { id: 0, name: 'users.changePassword', args: [1, { from: 'h', to: 'i', except: 'l' }] },
  { id: 0, name: 'rooms.standing', args: [1, 1] },
  { id: 0, name: 'rooms.own', args: [1] },
  { id: 0, name: 'rooms.ownOne', args: [1, 1] },
  { id: 0, name: 'rooms.listed', args: [{ openOnly: true, after: 0, limit: 10 }] },
  { id: 0, name: 'rooms.listed', args: [{ openOnly: false, after: 0, limit: 10 }] },
  { id: 0, name: 'rooms.find', args: [{ openOnly: false, name: 'y', after: 0, limit: 10 }] },
  { id: 0, name: 'rooms.find', args: [{ openOnly: true, name: 'y', after: 1, limit: 10 }] },
  { id: 0, name: 'rooms.members', args: [1, 0, 10] },
  { id: 0, name: 'rooms.bans', args: [1, 0, 10] },
  { id: 0, name: 'rooms.bannedFrom', args: [1] },
  { id: 0, name: 'invites.create', args: [{ code: 'c', room: 1, user: 1, at, expiresAt: later }] },
  { id: 0, name: 'invites.get', args: ['c', at] },
  { id: 0, name: 'invites.list', args: [1, at] },
  { id: 0, name: 'invites.revoke', args: [{ code: 'c', room: 1, user: 1, at }] },
  { id: 0, name: 'rooms.memberIds', args: [1] },
  { id: 0, name: 'rooms.rosters', args: [[1, 2]] },
  { id: 0, name: 'rooms.mentioned', args: [1, ['ann']] },
  { id: 0, name: 'messages.get', args: [1, 1, 1] },
  { id: 0, name: 'messages.memberOf', args: [1, 1] },
  { id: 0, name: 'messages.reactors', args: [1, 1, 'x', 0, 10] },
  { id: 0, name: 'messages.page', args: [1, { kind: 'newest' }, 10, 1] },
  { id: 0, name: 'messages.page', args: [1, { kind: 'around', seq: 5 }, 10, 1] },
  { id: 0, name: 'messages.page', args: [1, { kind: 'since', atMs: 0 }, 10, 1] },
  { id: 0, name: 'reads.mark', args: [1, 1, 9] },
  { id: 0, name: 'eventsAfter', args: [1, 0, 10] },
  { id: 0, name: 'users.removeAs', args: [1, 'i', at] },
]

test('[ST9] every query uses an index: no statement goes through a whole table', async () => {
  const texts: string[] = []
  const open = await openSqlite(':memory:', { onPrepare: (text) => texts.push(text) })
  // What brought the database here runs once.
  texts.length = 0
  for (const call of calls) {
    const { answers, lost } = await runTurn(open, [call])
    assert.equal(lost, undefined)
    assert.ok(answers[0] && !('error' in answers[0]), `${call.name}: ${JSON.stringify(answers)}`)
  }
  const statements = texts.filter(
    (text) => /^(select|insert|update|delete)/.test(text) && !text.includes('"meta"'),
  )
  assert.ok(statements.length > 60, `only ${statements.length} statements were seen`)
  const scans = statements.flatMap((text) => {
    const steps = open.database
      .prepare(`explain query plan ${text}`)
      .all()
      .map(({ detail }) => String(detail))
    return steps.filter((step) => scansTable(step)).map((step) => `${step}: ${text}`)
  })
  assert.deepEqual(scans, [])
  open.database.close()
})

/** The partial indexes hold just the rows that are asked for, and are entered at the wanted id or name. */
function scansTable(step: string): boolean {
  return /^SCAN (?!json_each|some$|recent$|pairs$|CONSTANT ROW)/.test(step)
}

test('[ST9] the test sees a statement that goes through a table', async () => {
  const { database } = await openSqlite(':memory:')
  const [step] = database.prepare(`explain query plan select * from messages where text = 'x'`).all()
  assert.equal(scansTable(String(step?.detail)), true)
  database.close()
})

test('[ST9] a search of names reads its ranges of the index in order, and looks for better places by id', async () => {
  const texts: string[] = []
  const open = await openSqlite(':memory:', { onPrepare: (text) => texts.push(text) })
  const finds: readonly Call[] = [
    { id: 0, name: 'users.find', args: ['y', 10] },
    { id: 0, name: 'rooms.find', args: [{ openOnly: true, name: 'y', after: 0, limit: 10 }] },
  ]
  for (const call of finds) await runTurn(open, [call])
  const plans = texts
    .filter((text) => text.includes('as "found"'))
    .map((text) =>
      open.database
        .prepare(`explain query plan ${text}`)
        .all()
        .map(({ detail }) => String(detail)),
    )
  assert.equal(plans.length, finds.length)
  for (const plan of plans) {
    const range = 'INDEX name_parts_found (kind=? AND rank=? AND part>? AND part<?)'
    assert.ok(plan[0]?.startsWith('SEARCH found') && plan[0].endsWith(range), plan[0])
    assert.ok(plan.includes('SEARCH better USING PRIMARY KEY (kind=? AND id=? AND part>? AND part<?)'))
    assert.ok(!plan.join().includes('TEMP B-TREE'), plan.join())
  }
  open.database.close()
})
