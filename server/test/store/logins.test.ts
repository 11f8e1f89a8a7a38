import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { Kysely } from 'kysely'
import type { Store } from '../../src/ports/store.ts'
import { migrate } from '../../src/store/migrate.ts'
import { migrations } from '../../src/store/migrations/all.ts'
import type { Tables } from '../../src/store/schema.ts'
import { keepStatements, sqliteDialect } from '../../src/store/sqlite/driver.ts'
import { openSqlite } from '../../src/store/sqlite/open.ts'
import { openSqliteStore } from '../../src/store/sqlite.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const at = '2026-01-01T00:00:00.000Z'

type Old = readonly [name: string, email?: string | null, kind?: 'guest' | 'deleted']

/** Makes a database of version 1 with these users, whose ids are 1, 2, …, and opens it with today's code. */
async function migrated(path: string, users: readonly Old[], rooms: readonly string[] = []) {
  const { sql, database: memory } = await openSqlite(':memory:')
  const database = new DatabaseSync(path)
  const db = new Kysely<Tables>({ dialect: sqliteDialect(keepStatements(database)) })
  await migrate({ ...sql, db }, migrations.slice(0, 1))
  memory.close()
  const insert = database.prepare(
    'insert into users (name, kind, email, password_hash, created_at) values (?, ?, ?, ?, ?)',
  )
  for (const [name, email = null, kind = 'user'] of users) {
    insert.run(name, kind, email, kind === 'user' ? 'hash' : null, at)
  }
  const room = database.prepare(
    `insert into rooms (name, name_key, topic, visibility, archived, head, rights_seq, member_count, created_at)
     values (?, ?, '', 'open', 0, 0, 0, 0, ?)`,
  )
  for (const name of rooms) room.run(name, name.toUpperCase(), at)
  database.close()
  const notes: unknown[] = []
  const store = await openSqliteStore(path, { onNote: (fields) => notes.push(fields) })
  return { store, notes }
}

async function idsBy(store: Store, ...logins: readonly string[]): Promise<(number | undefined)[]> {
  return Promise.all(logins.map(async (login) => (await store.users.byLogin(login))?.id))
}

async function namesOf(store: Store, count: number): Promise<(string | undefined)[]> {
  const ids = Array.from({ length: count }, (_, index) => index + 1)
  return Promise.all(ids.map(async (id) => (await store.users.get(id))?.name))
}

test('[AC20] a name that was another’s e-mail address is no way in any more, and its account is renamed', async () => {
  await using folder = await temporaryFolder()
  const old: readonly Old[] = [
    ['vic', 'vic@example.com'],
    ['vic@example.com', 'mallory@example.com'],
    // The one who is called so was there first: the address is nobody's name.
    ['zoe@example.com'],
    ['zoe', 'Zoe@Example.com'],
  ]
  const { store, notes } = await migrated(join(folder.path, 'a.db'), old)
  await using _ = store
  assert.deepEqual(await namesOf(store, 4), ['vic', 'vic@example.com-2', 'zoe@example.com-3', 'zoe'])
  assert.deepEqual(await idsBy(store, 'vic', 'vic@example.com', 'VIC@example.com'), [1, 1, 1])
  assert.deepEqual(await idsBy(store, 'vic@example.com-2', 'mallory@example.com'), [2, 2])
  // To the letter it was nobody's but the third account's: it is not locked out. The address is the fourth's.
  assert.deepEqual(await idsBy(store, 'zoe@example.com', 'zoe@example.com-3'), [3, 3])
  assert.deepEqual(await idsBy(store, 'Zoe@Example.com', 'ZOE@example.com', 'zoe'), [4, 4, 4])
  // Found by the new name.
  assert.deepEqual(await store.users.find('com-2', 10), [{ id: 2, name: 'vic@example.com-2', kind: 'user' }])
  assert.deepEqual(notes, [
    { user: 2, name: 'vic@example.com-2' },
    { user: 3, name: 'zoe@example.com-3' },
  ])
})

test('[AC20] an address that was another’s name leads to who is called so', async () => {
  await using folder = await temporaryFolder()
  const { store, notes } = await migrated(join(folder.path, 'a.db'), [
    ['mallory', 'ann'],
    ['ann', 'hammad'],
    ['hammad', null],
  ])
  await using _ = store
  assert.deepEqual(await idsBy(store, 'ann', 'Ann', 'mallory', 'hammad', 'HAMMAD'), [2, 2, 1, 3, 3])
  assert.equal((await store.users.get(1))?.email, 'ann')
  assert.deepEqual(notes, [{ user: 1 }, { user: 2 }])
})

test('[AC20] [AC21] of twins the oldest keeps the name; the others log in by theirs as they wrote it, and are renamed', async () => {
  await using folder = await temporaryFolder()
  const old: readonly Old[] = [
    ['jürgen', 'Ann.x@Example.com'],
    ['JÜRGEN', 'ann.x@example.com'],
    ['Jürgen', 'ann.x@EXAMPLE.COM'],
    ['ann'],
    ['ann\u034f'],
    ['JÜRGEN-2'],
  ]
  const { store, notes } = await migrated(join(folder.path, 'a.db'), old)
  await using _ = store
  assert.deepEqual(await namesOf(store, 6), [
    'jürgen',
    'JÜRGEN-2-2',
    'Jürgen-3',
    'ann',
    'ann\u034f-5',
    'JÜRGEN-2',
  ])
  assert.deepEqual(
    await idsBy(store, 'jürgen', 'ju\u0308rgen', 'jÜrgen', 'JÜRGEN', 'Jürgen'),
    [1, 1, 1, 2, 3],
  )
  const addresses = ['Ann.x@Example.com', 'ANN.X@example.com', 'ann.x@example.com', 'ann.x@EXAMPLE.COM']
  assert.deepEqual(await idsBy(store, ...addresses), [1, 1, 2, 3])
  assert.deepEqual(await idsBy(store, 'ann', 'ANN', 'ann\u034f', 'ann-5'), [4, 4, 5, 5])
  assert.equal(notes.length, 5)
  // Nobody gets such a spelling anew, though the one who has the name has gone.
  await store.users.remove(1, at)
  const again = { kind: 'user', email: null, passwordHash: 'h', at } as const
  assert.equal((await store.users.create({ ...again, name: 'JÜRGEN' })).ok, false)
  assert.equal((await store.users.create({ ...again, name: 'jürgen' })).ok, true)
})

test('[AC22] names that nobody can have any more are changed, and log in as before', async () => {
  await using folder = await temporaryFolder()
  const long = `${'x'.repeat(58)}\u2028yyyyy`
  const old: readonly Old[] = [
    ['\u3164'],
    ['ſystem'],
    ['a\u2028b'],
    ['ab'],
    ['ann (guest)'],
    [long],
    ['Deleted user', null, 'deleted'],
  ]
  const { store } = await migrated(join(folder.path, 'a.db'), old)
  await using _ = store
  const renamed = [
    'user-1',
    'ſystem-2',
    'ab-3',
    'ab',
    'ann (guest)-5',
    `${'x'.repeat(58)}yyyy-6`,
    'Deleted user',
  ]
  assert.deepEqual(await namesOf(store, 7), renamed)
  assert.deepEqual(await idsBy(store, '\u3164', 'ſystem', 'a\u2028b', 'ann (guest)', long), [1, 2, 3, 5, 6])
  assert.deepEqual(await idsBy(store, 'system', 'guest', 'Deleted user', ''), [
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test('[AC23] [AC24] guests who share a name are told apart, and those without a session are gone', async () => {
  await using folder = await temporaryFolder()
  const old: readonly Old[] = [
    ['ann', null, 'guest'],
    ['gus', null, 'guest'],
    ['Gus', null, 'guest'],
    ['ann'],
  ]
  const { store, notes } = await migrated(join(folder.path, 'a.db'), old)
  await using _ = store
  assert.deepEqual(await namesOf(store, 4), ['ann-1', 'gus', 'Gus-3', 'ann'])
  assert.deepEqual(notes, [{ guests: 2 }])
  assert.deepEqual((await store.guests.gone('', 10)).map(({ id }) => id).sort(), [1, 2, 3])
})

test('[AC22] rooms that are there keep their names, which nobody takes in another spelling', async () => {
  await using folder = await temporaryFolder()
  const { store } = await migrated(join(folder.path, 'a.db'), [['ann']], ['Lobby', 'lobby'])
  await using _ = store
  const draft = {
    type: 'room.create',
    actor: { id: 1, name: 'ann' },
    at,
    topic: '',
    visibility: 'public',
  } as const
  const room = { ...draft, members: [{ user: 1, role: 'owner' }], uniqueName: true, directKey: null } as const
  const code = async (name: string) => {
    const made = await store.append({ ...room, name })
    return made.ok ? 'ok' : made.code
  }
  assert.deepEqual(
    [await code('LOBBY'), await code('Lob\u00adby'), await code('Hall'), await code('hall')],
    ['name_taken', 'name_taken', 'ok', 'name_taken'],
  )
  const update = { type: 'room.update', actor: draft.actor, at, room: 1 } as const
  assert.equal((await store.append({ ...update, name: 'LOBBY' })).ok, true)
  assert.deepEqual(await store.append({ ...update, name: 'hAll' }), { ok: false, code: 'name_taken' })
})
