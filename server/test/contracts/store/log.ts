import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Draft } from '../../../src/ports/store.ts'
import { type MakeStore, openTown, sendDraft } from './town.ts'

export function testLog(make: MakeStore): void {
  test('[ST1] seqs are dense in each room, whatever is appended at the same time', async () => {
    await using town = await openTown(make)
    const { store } = town
    const ann = await town.account('ann')
    const bob = await town.account('bob')
    const rooms = [await town.room(ann), await town.room(ann)]
    const drafts = rooms.flatMap((room): Draft[] => [
      ...Array.from({ length: 40 }, (_, n) => sendDraft(room, ann, `text ${n}`, town.at())),
      { type: 'member.join', room, actor: bob, at: town.at(), user: bob.id, role: 'member' },
      sendDraft(room, bob, 'hello', town.at()),
      { type: 'room.update', room, actor: ann, at: town.at(), topic: 'new' },
      ...Array.from({ length: 40 }, (_, n) => sendDraft(room, bob, `answer ${n}`, town.at())),
    ])
    const seqs = (await Promise.all(drafts.map(town.ok))).flatMap(({ events }) =>
      events.map(({ seq }) => seq),
    )
    assert.equal(seqs.length, drafts.length)
    for (const room of rooms) {
      const log = await store.eventsAfter(room, 0, 500)
      assert.deepEqual(
        log.map(({ seq }) => seq),
        Array.from({ length: 85 }, (_, n) => n + 1),
      )
      assert.equal((await store.rooms.standing(null, room))?.room.head, 85)
    }
  })

  test('[CO14] times of a room’s log never go back, whatever is written and however the clock was set', async () => {
    await using town = await openTown(make)
    const { store } = town
    const ann = await town.account('ann')
    const bob = await town.account('bob')
    const [room, other] = [await town.room(ann), await town.room(ann)]
    await town.join(room, bob.id)
    const late = '2026-06-01T00:00:00.000Z'
    const early = '2026-05-31T23:59:58.000Z'
    const at = await town.ok(sendDraft(room, ann, 'before', late))
    assert.equal(at.at, late)
    const nonce = 'n'
    const after = await town.ok({ ...sendDraft(room, ann, 'after', early), nonce })
    assert.deepEqual([after.at, after.events[0]?.at], [late, late])
    // One commit of several, of a claimed name too, and what is asked again.
    const many = await Promise.all([
      town.ok(sendDraft(room, { id: null, name: 'stranger' }, 'claimed', early)),
      town.ok({ ...sendDraft(room, ann, 'after', early), nonce }),
      town.ok({ type: 'room.update', room, actor: ann, at: early, topic: 'tea' }),
      town.ok({
        type: 'message.edit',
        room,
        actor: ann,
        at: early,
        message: at.message ?? 0,
        text: 'x',
        mentions: [],
      }),
      town.ok({ type: 'member.mute', room, actor: ann, at: early, user: bob.id, until: late }),
      town.ok(sendDraft(room, ann, 'later', '2026-06-02T00:00:00.000Z')),
      town.ok({ type: 'member.leave', room, actor: bob, at: early, user: bob.id }),
      town.ok(sendDraft(other, ann, 'elsewhere', early)),
    ])
    assert.equal(many[1]?.at, late)
    assert.equal(many[7]?.at, early)
    await store.users.remove(ann.id, early)
    for (const one of [room, other]) {
      const log = await store.eventsAfter(one, 0, 100)
      const times = log.map((event) => event.at)
      assert.deepEqual(times, [...times].sort())
      for (const appended of many) {
        for (const event of appended.events)
          if (event.room === one) assert.equal(event.at, times[event.seq - 1], event.type)
      }
    }
  })

  test('[ST1] a refused draft takes no place in the log', async () => {
    await using town = await openTown(make)
    const ann = await town.account('ann')
    const room = await town.room(ann)
    const bad = { ...sendDraft(room, ann, 'answer', town.at()), replyTo: 999 }
    const [first, refused, second] = await Promise.all([
      town.store.append(sendDraft(room, ann, 'one', town.at())),
      town.store.append(bad),
      town.store.append(sendDraft(room, ann, 'two', town.at())),
    ])
    assert.deepEqual(
      [first?.ok && first.seq, refused, second?.ok && second.seq],
      [3, { ok: false, code: 'not_found' }, 4],
    )
  })

  test('[ST1] what append answers is what the log gives, page by page', async () => {
    await using town = await openTown(make)
    const { store } = town
    const ann = await town.account('ann')
    const room = await town.room(ann, { topic: 'tea', visibility: 'public', name: 'kitchen' })
    const first = await store.eventsAfter(room, 0, 10)
    const sent = await town.send(room, ann, 'hi \u0000 é 🙂', { mentions: [ann.id], nonce: 'n' })
    const claimed = await town.send(room, { id: null, name: 'stranger' }, 'hello', { replyTo: sent.message })
    const edited = await town.ok({
      type: 'message.edit',
      room,
      actor: ann,
      at: town.at(),
      message: sent.message,
      text: 'ho',
      mentions: [],
    })
    const answered = [...sent.events, ...claimed.events, ...edited.events]
    // The log tells a message as it was first sent, also after the edit.
    assert.deepEqual(await store.eventsAfter(room, 2, 10), answered)
    assert.deepEqual(
      first.map(({ type }) => type),
      ['room.created', 'member.joined'],
    )
    assert.deepEqual(first[0], {
      type: 'room.created',
      room,
      seq: 1,
      at: first[0]?.at,
      actor: { id: ann.id, name: 'ann', kind: 'user' },
      name: 'kitchen',
      topic: 'tea',
      visibility: 'public',
    })
    assert.deepEqual(answered[1]?.actor, { id: null, name: 'stranger', kind: 'guest' })
    const paged = []
    for (let seq = 0; seq < 5; ) {
      const page = await store.eventsAfter(room, seq, 2)
      paged.push(...page)
      seq = page.at(-1)?.seq ?? Number.POSITIVE_INFINITY
    }
    assert.deepEqual(paged, [...first, ...answered])
    assert.deepEqual(await store.eventsAfter(room, 5, 10), [])
  })

  test('[ST1] a room that does not exist has no log and takes nothing', async () => {
    await using town = await openTown(make)
    const ann = await town.account('ann')
    assert.deepEqual(await town.store.eventsAfter(77, 0, 10), [])
    assert.equal(await town.code(sendDraft(77, ann, 'hi', town.at())), 'not_found')
    assert.equal(await town.code({ type: 'room.archive', room: 77, actor: ann, at: town.at() }), 'not_found')
  })

  test('[ST4] drafts of one caller keep their order, whatever their kinds', async () => {
    await using town = await openTown(make)
    const ann = await town.account('ann')
    const room = await town.room(ann)
    const drafts = Array.from(
      { length: 2_500 },
      (_, n): Draft =>
        n % 50 === 49
          ? { type: 'room.update', room, actor: ann, at: town.at(), topic: `topic ${n}` }
          : sendDraft(room, ann, `text ${n}`, town.at()),
    )
    const seqs = (await Promise.all(drafts.map(town.ok))).map(({ events }) => events[0]?.seq)
    assert.deepEqual(
      seqs,
      Array.from({ length: 2_500 }, (_, n) => n + 3),
    )
  })

  test('[ST5] a read begun after the answer sees the write', async () => {
    await using town = await openTown(make)
    const { store } = town
    const ann = await town.account('ann')
    const room = await town.room(ann)
    await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        const { message, seq = 0 } = await town.send(room, ann, `text ${n}`)
        const [event] = await store.eventsAfter(room, seq - 1, 1)
        assert.equal(event?.seq, seq)
        assert.equal((await store.messages.get(room, message, null))?.text, `text ${n}`)
      }),
    )
  })

  test('[ST2] a store says its epoch and whether it answers', async () => {
    await using town = await openTown(make)
    await using other = await openTown(make)
    assert.match(town.store.epoch, /^[0-9a-f-]{36}$/)
    assert.notEqual(town.store.epoch, other.store.epoch)
    await town.store.check()
  })
}
