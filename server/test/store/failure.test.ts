import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Draft } from '../../src/ports/store.ts'
import { type OpenSqlite, openSqlite } from '../../src/store/sqlite/open.ts'
import { type Call, runTurn } from '../../src/store/sqlite/turn.ts'

const at = '2026-01-01T00:00:00.000Z'
const actor = { id: 1, name: 'ann' }

function send(text: string, nonce: string | null = null): Draft {
  return { type: 'message.send', room: 1, actor, at, text, nonce, replyTo: null, mentions: [] }
}

function append(id: number, ...drafts: readonly Draft[]): Call {
  return { id, name: 'append', args: [JSON.stringify(drafts)] }
}

/** A database with one account and its room. */
async function openSmall(): Promise<OpenSqlite> {
  const open = await openSqlite(':memory:')
  const user = { name: 'ann', kind: 'user', email: null, passwordHash: null, at } as const
  const members = [{ user: 1, role: 'owner' }] as const
  await runTurn(open, [{ id: 1, name: 'users.create', args: [user] }])
  await runTurn(open, [
    append(2, {
      type: 'room.create',
      actor,
      at,
      name: 'x',
      topic: '',
      visibility: 'private',
      members,
      uniqueName: false,
      directKey: null,
    }),
  ])
  return open
}

test('[ST8] a full disk loses the whole turn’s writes, and none is answered', async () => {
  const open = await openSmall()
  const pages = open.database.prepare('pragma page_count').get()?.page_count
  open.database.exec(`pragma max_page_count = ${pages}`)
  const turn = await runTurn(open, [
    append(1, send('small')),
    { id: 2, name: 'users.get', args: [1] },
    append(3, send('x'.repeat(100_000))),
  ])
  assert.match(turn.lost ?? '', /full/)
  assert.deepEqual(
    turn.answers.map(({ id }) => id),
    [2],
  )
  const { answers } = await runTurn(open, [{ id: 4, name: 'eventsAfter', args: [1, 2, 10] }])
  assert.deepEqual(answers, [{ id: 4, value: [] }])
  open.database.close()
})

test('[ST8] a commit that fails loses the turn', async () => {
  const open = await openSmall()
  const { database, sql } = open
  const failing = {
    get isTransaction() {
      return database.isTransaction
    },
    exec(text: string) {
      if (text === 'commit') throw new Error('disk I/O error')
      database.exec(text)
    },
  }
  const turn = await runTurn({ database: failing, sql }, [append(1, send('one'))])
  assert.deepEqual(turn, { answers: [], lost: 'Error: disk I/O error' })
  const { answers } = await runTurn(open, [{ id: 2, name: 'eventsAfter', args: [1, 2, 10] }])
  assert.deepEqual(answers, [{ id: 2, value: [] }])
  database.close()
})

test('[ST8] a draft whose statement fails is undone alone, in the middle of its batch', async () => {
  const open = await openSmall()
  open.database.exec(
    `create trigger fault before insert on messages when new.text = 'bad' begin select raise(abort, 'a fault'); end`,
  )
  open.database.exec(
    `create trigger fault2 before insert on events when new.data like '%bad%' begin select raise(abort, 'a fault'); end`,
  )
  const bad: Draft = { type: 'room.update', room: 1, actor, at, topic: 'bad' }
  const turn = await runTurn(open, [
    append(1, send('one'), send('bad', 'n'), send('two'), bad, send('three'), send('good', 'n')),
  ])
  const [answer] = turn.answers
  assert.ok(answer && 'value' in answer)
  assert.deepEqual(JSON.parse(String(answer.value)), [
    [1, 3],
    { error: 'Error: a fault' },
    [2, 4],
    { error: 'Error: a fault' },
    [3, 5],
    [4, 6],
  ])
  const { answers } = await runTurn(open, [{ id: 2, name: 'rooms.standing', args: [null, 1] }])
  assert.match(JSON.stringify(answers), /"topic":"".*"head":6/)
  open.database.close()
})
