import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { sql } from 'kysely'
import { migrate } from '../../src/store/migrate.ts'
import { nameParts } from '../../src/store/migrations/004-name-parts.ts'
import { reactionsSince } from '../../src/store/migrations/006-reactions-since.ts'
import { migrations } from '../../src/store/migrations/all.ts'
import { StoreRefused } from '../../src/store/refused.ts'
import { openSqlite } from '../../src/store/sqlite/open.ts'
import { openSqliteStore } from '../../src/store/sqlite.ts'
import { openTown } from '../contracts/store/town.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

test('[ST7] a database is migrated once, and keeps its epoch', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'a.db')
  const first = await openSqlite(path)
  first.database.close()
  const second = await openSqlite(path)
  second.database.close()
  assert.equal(second.epoch, first.epoch)
})

test('[ST7] only the steps that are missing are taken, in their order', async () => {
  const { database, sql: store } = await openSqlite(':memory:')
  const taken: string[] = []
  const step = (name: string) => async () => {
    taken.push(name)
    await sql`select 1`.execute(store.db)
  }
  await migrate(store, [...migrations, step('two'), step('three')])
  await migrate(store, [...migrations, step('two'), step('three'), step('four')])
  assert.deepEqual(taken, ['two', 'three', 'four'])
  database.close()
})

test('[ST7] a database newer than the code is refused with one sentence, and left alone', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'new.db')
  const { database } = await openSqlite(path)
  database.exec(`update meta set value = '77' where key = 'version'`)
  database.close()
  await assert.rejects(openSqliteStore(path), (error) => {
    assert.ok(error instanceof StoreRefused)
    assert.equal(
      error.message,
      `The database is at version 77, this Parlance knows up to ${migrations.length}: start the newer one, or restore a backup.`,
    )
    return true
  })
  const after = new DatabaseSync(path)
  assert.equal(after.prepare(`select value from meta where key = 'version'`).get()?.value, '77')
  after.close()
})

test('[ST7] a file that is no database, or cannot be written, is refused with one sentence', async () => {
  await using folder = await temporaryFolder()
  await assert.rejects(openSqliteStore(import.meta.filename), {
    name: 'StoreRefused',
    message: `The file ${import.meta.filename} is damaged or no SQLite database: restore a backup.`,
  })
  const nowhere = join(folder.path, 'missing', 'a.db')
  await assert.rejects(openSqliteStore(nowhere), {
    name: 'StoreRefused',
    message: `The database ${nowhere} cannot be opened for writing: check the folder and its rights.`,
  })
})

test('[RE4] a store that was restored from a backup has another epoch, and keeps it', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'chat.db')
  const epochOf = async (restored: boolean) => {
    await using store = await openSqliteStore(path, { restored })
    return store.epoch
  }
  const first = await epochOf(false)
  assert.equal(await epochOf(false), first)
  const second = await epochOf(true)
  assert.notEqual(second, first)
  assert.equal(await epochOf(false), second)
})

test('[ST7] [AC31] what is there already is found after the migration, and only what the lists show', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'old.db')
  {
    await using town = await openTown(() => openSqliteStore(path))
    const ann = await town.account('lukas.müller')
    await town.store.users.create({
      name: 'müllergast',
      kind: 'guest',
      email: null,
      passwordHash: null,
      at: town.at(),
    })
    for (const visibility of ['open', 'public', 'private'] as const)
      await town.room(ann, { name: `${visibility} Straße`, visibility })
    const archived = await town.room(ann, { name: 'old Straße', visibility: 'open' })
    await town.ok({ type: 'room.archive', room: archived, actor: ann, at: town.at() })
    for (let n = 0; n < 250; n += 1) await town.account(`many${n}`)
  }
  const old = await openSqlite(path)
  old.database.exec('drop table name_parts')
  await nameParts(old.sql.db, old.sql.dialect)
  old.database.close()
  await using store = await openSqliteStore(path)
  const rooms = await store.rooms.find({ openOnly: false, name: 'strasse', after: 0, limit: 10 })
  assert.deepEqual(
    rooms.map(({ name }) => name),
    ['open Straße', 'public Straße'],
  )
  assert.deepEqual(
    (await store.users.find('muller', 10)).map(({ name }) => name),
    ['lukas.müller'],
  )
  assert.deepEqual(
    (await store.users.find('249', 10)).map(({ name }) => name),
    ['many249'],
  )
})

test('[ST7] [MS7] reactions that are there already stand in the order of their first use, as the log tells it', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'old.db')
  let room = 0
  {
    await using town = await openTown(() => openSqliteStore(path))
    const [ann, bob] = [await town.account('ann'), await town.account('bob')]
    room = await town.room(ann)
    await town.join(room, bob.id)
    const { message } = await town.send(room, ann, 'hi')
    for (const [type, actor, emoji] of [
      ['add', ann, 'z'],
      ['add', ann, 'b'],
      ['add', bob, 'z'],
      ['remove', ann, 'z'],
      ['add', ann, 'a'],
      ['remove', ann, 'b'],
      ['add', bob, 'b'],
    ] as const)
      await town.ok({ type: `reaction.${type}`, room, actor, at: town.at(), message, emoji })
  }
  const old = await openSqlite(path)
  old.database.exec('drop index reactions_place; alter table reactions drop column since')
  await reactionsSince(old.sql.db, old.sql.dialect)
  old.database.close()
  await using store = await openSqliteStore(path)
  const { messages } = await store.messages.page(room, { kind: 'newest' }, 10, null)
  assert.deepEqual(
    messages[0]?.reactions.map(({ emoji }) => emoji),
    ['z', 'a', 'b'],
  )
})
