import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type MakeStore, openTown, sendDraft } from './town.ts'

export function testNonces(make: MakeStore): void {
  test('[ST3] the same nonce gives the same message, one after another and at once', async () => {
    await using town = await openTown(make)
    const ann = await town.account('ann')
    const room = await town.room(ann)
    const draft = { ...sendDraft(room, ann, 'hello', town.at()), nonce: 'n1' }
    const first = await town.ok(draft)
    const again = await town.ok({ ...draft, at: town.at() })
    assert.deepEqual(again, {
      ok: true,
      room,
      message: first.message,
      seq: first.seq,
      at: first.at,
      events: [],
      duplicate: true,
    })

    const other = { ...draft, nonce: 'n2' }
    const answers = await Promise.all(Array.from({ length: 20 }, () => town.ok(other)))
    assert.equal(new Set(answers.map(({ message }) => message)).size, 1)
    assert.equal(answers.filter(({ duplicate }) => duplicate !== true).length, 1)
    assert.equal((await town.store.eventsAfter(room, 0, 100)).length, 4)
  })

  test('[ST3] another content under the same nonce is a conflict', async () => {
    await using town = await openTown(make)
    const ann = await town.account('ann')
    const [room, elsewhere] = [await town.room(ann), await town.room(ann)]
    const draft = { ...sendDraft(room, ann, 'hello', town.at()), nonce: 'n1' }
    const { message = 0 } = await town.ok(draft)
    const others = [
      { ...draft, text: 'hullo' },
      { ...draft, room: elsewhere },
      { ...draft, replyTo: message },
    ]
    for (const other of others) assert.equal(await town.code(other), 'conflict')
    assert.deepEqual(await Promise.all(others.map(town.code)), ['conflict', 'conflict', 'conflict'])
    const bothAtOnce = await Promise.all([
      town.code({ ...draft, nonce: 'n2' }),
      town.code({ ...draft, nonce: 'n2', text: 'another' }),
    ])
    assert.deepEqual(bothAtOnce, ['ok', 'conflict'])
  })

  test('[ST3] a nonce is its author’s own; claimed names have none', async () => {
    await using town = await openTown(make)
    const [ann, bob] = [await town.account('ann'), await town.account('bob')]
    const room = await town.room(ann)
    await town.send(room, ann, 'hello', { nonce: 'n' })
    assert.equal((await town.send(room, bob, 'other text', { nonce: 'n' })).duplicate, undefined)
    const claim = { id: null, name: 'stranger' }
    await town.send(room, claim, 'one', { nonce: 'n' })
    assert.equal((await town.send(room, claim, 'two', { nonce: 'n' })).duplicate, undefined)
  })

  test('[ST3] the answer stays the same after edits, the delete and the end of the room', async () => {
    await using town = await openTown(make)
    const ann = await town.account('ann')
    const room = await town.room(ann)
    const draft = { ...sendDraft(room, ann, 'hello', town.at()), nonce: 'n' }
    const { message = 0 } = await town.ok(draft)
    const by = { room, actor: ann, message }
    const same = async () => {
      assert.equal((await town.ok(draft)).message, message)
      assert.equal(await town.code({ ...draft, text: 'edited' }), 'conflict')
    }
    await town.ok({ type: 'message.edit', ...by, at: town.at(), text: 'edited', mentions: [] })
    await same()
    await town.ok({ type: 'message.delete', ...by, at: town.at() })
    await same()
    await town.ok({ type: 'room.archive', room, actor: ann, at: town.at() })
    await same()
    assert.equal(await town.code({ ...draft, nonce: 'new' }), 'archived')
  })
}
