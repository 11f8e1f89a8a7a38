import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { openSqliteStore } from '../../src/store/sqlite.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

type Told = { readonly begun: number } | { readonly closed: number } | { readonly ended: true }

/** Lets another process close rooms and kills it at once when so many have been answered. */
async function closeUntil(path: string, answers: number) {
  const child = fork(join(import.meta.dirname, 'closer.ts'), [path])
  const ended = once(child, 'close')
  const closed = new Set<number>()
  let guests = 0
  child.on('message', (told: Told) => {
    if ('begun' in told) guests = told.begun
    else if ('closed' in told) closed.add(told.closed)
    if (guests > 0 && closed.size >= answers) child.kill('SIGKILL')
  })
  await ended
  assert.ok(guests > 0, 'it ended before it had begun')
  return { closed, guests }
}

for (const answers of [0, 1, 7, 20]) {
  test(`[AC35] killed after ${answers} rooms have been closed, none that is closed has a guest, and the others have all`, async () => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, 'a.db')
    const { closed, guests } = await closeUntil(path, answers)
    await using store = await openSqliteStore(path)
    let kept = 0
    for (let room = 1; room <= 30; room += 1) {
      const standing = await store.rooms.standing(null, room)
      assert.ok(standing)
      const isOpen = standing.room.visibility === 'open'
      if (isOpen) kept += 1
      assert.ok(!(isOpen && closed.has(room)), `room ${room} was answered as closed`)
      const members = await store.rooms.members(room, 0, 1_000)
      const inside = members.filter(({ user }) => user.kind === 'guest').length
      assert.equal(inside, isOpen ? guests : 0, `room ${room}`)
      assert.equal(standing.room.members, inside + 1)
      const events = await store.eventsAfter(room, 0, 1_000)
      assert.equal(events.filter(({ type }) => type === 'member.removed').length, isOpen ? 0 : guests)
    }
    assert.ok(kept > 0, 'it was killed in the middle')
  })
}
