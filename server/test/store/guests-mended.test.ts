import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { emptyRoom, reduce } from '@parlance/protocol/reduce'
import { guestsShutOut } from '../../src/store/migrations/003-guests-shut-out.ts'
import { migrations } from '../../src/store/migrations/all.ts'
import { openSqlite } from '../../src/store/sqlite/open.ts'
import { openSqliteStore } from '../../src/store/sqlite.ts'
import { openTown } from '../contracts/store/town.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const soon = '2999-01-01T00:00:00.000Z'

/** A database as older versions left it when they were killed: rooms closed, and the guests still in them. */
async function leftBehind(path: string) {
  await using town = await openTown(() => openSqliteStore(path))
  const [ann, bob] = [await town.account('ann'), await town.account('bob')]
  const guests = [await town.guest('gus'), await town.guest('gil'), await town.guest('gem')]
  const rooms: number[] = []
  for (let i = 0; i < 3; i += 1) rooms.push(await town.room(ann, { visibility: 'open', name: `hall ${i}` }))
  const [closed = 0, orphan = 0, open = 0] = rooms
  for (const room of rooms) {
    await town.join(room, bob.id)
    for (const { id } of guests) await town.join(room, id)
  }
  const by = { actor: ann, at: town.at() }
  await town.ok({ type: 'member.mute', room: closed, ...by, user: guests[0]?.id ?? 0, until: soon })
  await town.ok({ type: 'member.role', room: orphan, ...by, user: guests[0]?.id ?? 0, role: 'owner' })
  await town.ok({ type: 'member.leave', room: orphan, ...by, user: ann.id })
  await town[Symbol.asyncDispose]()
  const { database } = await openSqlite(path)
  database.exec(`
    update rooms set visibility = 'private' where id in (${closed}, ${orphan});
    update events set data = replace(data, '"open"', '"private"') where room in (${closed}, ${orphan});
  `)
  database.close()
  return { ann, bob, guests: guests.map(({ id }) => id), closed, orphan, open }
}

/** What the first start of this version does. */
async function mend(path: string): Promise<void> {
  assert.ok(migrations.includes(guestsShutOut))
  const { database, sql } = await openSqlite(path)
  await guestsShutOut(sql.db)
  database.close()
}

test('[AC37] a start removes the guests that an older version left in rooms that are not open, with their events', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'a.db')
  const { ann, bob, guests, closed, orphan, open } = await leftBehind(path)
  await mend(path)
  await using store = await openSqliteStore(path)
  assert.deepEqual(await store.rooms.memberIds(closed), [ann.id, bob.id])
  assert.deepEqual(await store.rooms.memberIds(orphan), [bob.id])
  assert.deepEqual(await store.rooms.memberIds(open), [ann.id, bob.id, ...guests])
  for (const room of [closed, orphan, open]) {
    const log = await store.eventsAfter(room, 0, 100)
    const removed = log.filter((event) => event.type === 'member.removed').map(({ user }) => user.id)
    assert.deepEqual(removed, room === open ? [] : guests)
    // The law for whoever resumes: what the log says is what there is.
    const folded = log.reduce((state, event) => reduce(state, event, null), emptyRoom)
    const members = await store.rooms.members(room, 0, 100)
    assert.deepEqual(
      [...folded.members.values()].map(({ user, role }) => [user.id, role]),
      members.map(({ user, role }) => [user.id, role]),
    )
    const standing = await store.rooms.standing(guests[0] ?? 0, room)
    assert.deepEqual([standing?.room.head, standing?.room.members], [log.at(-1)?.seq, members.length])
    if (room === closed) assert.equal(standing?.mutedUntil, soon)
    if (room === orphan)
      assert.deepEqual(
        members.map(({ role }) => role),
        ['owner'],
      )
  }
})

test('[AC37] where no guest stayed, nothing is changed', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'a.db')
  await leftBehind(path)
  await mend(path)
  const { database, sql } = await openSqlite(path)
  const events = () => database.prepare('select count(*) as count from events').get()?.count
  const before = events()
  await guestsShutOut(sql.db)
  assert.equal(events(), before)
  database.close()
})
