import assert from 'node:assert/strict'
import { test } from 'node:test'
import { protocolLimits } from '@parlance/protocol/limits'
import { emptyRoom, reduce } from '@parlance/protocol/reduce'
import fc from 'fast-check'
import type { Author, Draft } from '../../../src/ports/store.ts'
import { type MakeStore, openTown, type Town } from './town.ts'

async function withMessage(town: Town) {
  const [ann, bob] = [await town.account('ann'), await town.account('bob')]
  const [room, elsewhere] = [await town.room(ann), await town.room(ann)]
  await town.join(room, bob.id)
  const { message, seq = 0 } = await town.send(room, ann, 'first', { nonce: 'n', mentions: [bob.id] })
  return { ann, bob, room, elsewhere, message, seq }
}

export function testMessages(make: MakeStore): void {
  test('[MS4] an edit raises the version; the same text changes nothing', async () => {
    await using town = await openTown(make)
    const { ann, room, elsewhere, message } = await withMessage(town)
    const edit = (more: Partial<Extract<Draft, { type: 'message.edit' }>>): Draft => ({
      type: 'message.edit',
      room,
      actor: ann,
      at: town.at(),
      message,
      text: 'second',
      mentions: [],
      ...more,
    })
    assert.deepEqual((await town.ok(edit({ text: 'first' }))).events, [])
    const [event] = (await town.ok(edit({ mentions: [ann.id] }))).events
    assert.ok(event?.type === 'message.edited')
    assert.deepEqual([event.version, event.text, event.mentions], [2, 'second', [ann.id]])
    const read = await town.store.messages.get(room, message, null)
    assert.deepEqual(
      [read?.version, read?.text, read?.mentions, read?.editedAt],
      [2, 'second', [ann.id], event.at],
    )
    await town.ok(edit({ text: 'third' }))
    assert.equal((await town.store.messages.get(room, message, null))?.version, 3)
    assert.equal(await town.code(edit({ message: 999 })), 'not_found')
    assert.equal(await town.code(edit({ room: elsewhere })), 'not_found')
    assert.equal(await town.store.messages.get(elsewhere, message, null), undefined)
  })

  test('[MS5] a delete leaves a tombstone and wins', async () => {
    await using town = await openTown(make)
    const { ann, bob, room, elsewhere, message, seq } = await withMessage(town)
    const by = { room, actor: ann, message }
    await town.ok({ type: 'reaction.add', ...by, actor: bob, at: town.at(), emoji: '👍' })
    assert.equal(
      await town.code({ type: 'message.delete', ...by, room: elsewhere, at: town.at() }),
      'not_found',
    )
    const [event] = (await town.ok({ type: 'message.delete', ...by, at: town.at() })).events
    assert.ok(event?.type === 'message.deleted')
    assert.equal(event.version, 2)
    assert.deepEqual(await town.store.messages.get(room, message, null), {
      id: message,
      room,
      seq,
      at: (await town.store.eventsAfter(room, seq - 1, 1))[0]?.at,
      author: { id: ann.id, name: 'ann', kind: 'user' },
      text: '',
      version: 2,
      editedAt: null,
      deletedAt: event.at,
      replyTo: null,
      mentions: [],
      reactions: [],
      nonce: 'n',
    })
    assert.deepEqual((await town.ok({ type: 'message.delete', ...by, at: town.at() })).events, [])
    assert.equal(
      await town.code({ type: 'message.edit', ...by, at: town.at(), text: 'x', mentions: [] }),
      'not_found',
    )
    assert.equal(await town.code({ type: 'reaction.add', ...by, at: town.at(), emoji: '👍' }), 'not_found')
    assert.deepEqual(
      (await town.ok({ type: 'reaction.remove', ...by, actor: bob, at: town.at(), emoji: '👍' })).events,
      [],
    )
  })

  test('[ST6] the log tells nothing of a deleted text, in none of its versions', async () => {
    await using town = await openTown(make)
    const { ann, room, message } = await withMessage(town)
    const by = { room, actor: ann, message }
    for (const text of ['secret one', 'secret two']) {
      await town.ok({ type: 'message.edit', ...by, at: town.at(), text, mentions: [ann.id] })
    }
    const before = await town.store.eventsAfter(room, 0, 100)
    const deleted = await town.ok({ type: 'message.delete', ...by, at: town.at() })
    const log = await town.store.eventsAfter(room, 0, 100)
    assert.equal(/first|secret/.test(JSON.stringify([log, deleted])), false)
    const scrubbed = before.map((event) =>
      event.type === 'message.created' || event.type === 'message.edited'
        ? { ...event, text: '', mentions: [] }
        : event,
    )
    assert.deepEqual(log, [...scrubbed, ...deleted.events])
  })

  test('[MS6] a reply names a message of the same room', async () => {
    await using town = await openTown(make)
    const { ann, room, elsewhere, message } = await withMessage(town)
    const reply = await town.send(room, ann, 'yes', { replyTo: message })
    assert.equal((await town.store.messages.get(room, reply.message, null))?.replyTo, message)
    const draft = {
      type: 'message.send',
      actor: ann,
      text: 'no',
      nonce: null,
      replyTo: message,
      mentions: [],
    } as const
    assert.equal(await town.code({ ...draft, room: elsewhere, at: town.at() }), 'not_found')
    assert.equal(await town.code({ ...draft, room, replyTo: 999, at: town.at() }), 'not_found')
  })

  test('[MS14] who is told by a reply is told by each of its edits, and by nothing of it once it is deleted', async () => {
    await using town = await openTown(make)
    const { ann, bob, room, elsewhere, message } = await withMessage(town)
    const { memberOf } = town.store.messages
    assert.equal(await memberOf(room, message), ann.id)
    assert.equal(await memberOf(elsewhere, message), undefined)
    assert.equal(await memberOf(room, 999), undefined)
    const reply = await town.send(room, bob, 'yes', {
      replyTo: message,
      mentions: [bob.id, ann.id],
      answered: ann.id,
      nonce: 'r',
    })
    const told = async () => (await town.store.messages.get(room, reply.message, null))?.mentions
    const counted = async () => (await town.store.rooms.ownOne(ann.id, room))?.mentions
    assert.deepEqual([await told(), await counted()], [[bob.id, ann.id], 1])
    const by = { room, actor: bob, message: reply.message }
    const edits = [
      { text: 'no', mentions: [bob.id], after: [bob.id, ann.id] },
      { text: 'well, @ann', mentions: [ann.id], after: [ann.id] },
      { text: 'maybe', mentions: [], after: [ann.id] },
    ]
    for (const { text, mentions, after } of edits) {
      const [event] = (await town.ok({ type: 'message.edit', ...by, at: town.at(), text, mentions })).events
      assert.ok(event?.type === 'message.edited')
      assert.deepEqual([event.mentions, await told(), await counted()], [after, after, 1])
    }
    await town.ok({ type: 'message.delete', ...by, at: town.at() })
    assert.deepEqual([await told(), await counted()], [[], 0])
    await town.ok({ type: 'message.delete', room, actor: ann, message, at: town.at() })
    assert.equal(await memberOf(room, message), undefined)
    const own = await town.send(room, bob, 'mine')
    await town.ok({ type: 'member.leave', room, actor: bob, at: town.at(), user: bob.id })
    assert.equal(await memberOf(room, own.message), undefined)
  })

  test('[MS7] each user adds each emoji once, and a message has 50 kinds at most', async () => {
    await using town = await openTown(make)
    const { ann, bob, room, message } = await withMessage(town)
    const react = (
      type: 'reaction.add' | 'reaction.remove',
      actor: { id: number | null; name: string },
      emoji: string,
    ): Draft => ({
      type,
      room,
      actor,
      at: town.at(),
      message,
      emoji,
    })
    assert.deepEqual((await town.ok(react('reaction.remove', bob, '👍'))).events, [])
    assert.equal((await town.ok(react('reaction.add', bob, '👍'))).events[0]?.type, 'reaction.added')
    assert.deepEqual((await town.ok(react('reaction.add', bob, '👍'))).events, [])
    await town.ok(react('reaction.add', ann, '🎉'))
    await town.ok(react('reaction.add', ann, '👍'))
    const seenBy = async (viewer: number | null) =>
      (await town.store.messages.get(room, message, viewer))?.reactions
    assert.deepEqual(await seenBy(ann.id), [
      { emoji: '👍', count: 2, me: true },
      { emoji: '🎉', count: 1, me: true },
    ])
    assert.deepEqual(await seenBy(bob.id), [
      { emoji: '👍', count: 2, me: true },
      { emoji: '🎉', count: 1, me: false },
    ])
    assert.equal(
      (await seenBy(null))?.some(({ me }) => me),
      false,
    )
    assert.equal((await town.ok(react('reaction.remove', ann, '🎉'))).events[0]?.type, 'reaction.removed')
    assert.deepEqual(await seenBy(null), [{ emoji: '👍', count: 2, me: false }])

    const kinds = Array.from({ length: protocolLimits.reactionKinds - 1 }, (_, n) =>
      react('reaction.add', ann, `e${n}`),
    )
    await Promise.all(kinds.map(town.ok))
    assert.equal(await town.code(react('reaction.add', ann, 'one too many')), 'limit_reached')
    assert.equal(await town.code(react('reaction.add', bob, 'e7')), 'ok')
    assert.equal(await town.code(react('reaction.add', { id: null, name: 'stranger' }, '👍')), 'forbidden')
    assert.equal(await town.code({ ...react('reaction.add', bob, '👍'), message: 999 } as Draft), 'not_found')
  })

  test('[MS7] reactions stand in the order of their first use: while one stands its emoji keeps its place', async () => {
    await using town = await openTown(make)
    const { ann, bob, room, message } = await withMessage(town)
    const shown = async (type: 'add' | 'remove', actor: Author, emoji: string) => {
      await town.ok({ type: `reaction.${type}`, room, actor, at: town.at(), message, emoji })
      const { messages } = await town.store.messages.page(room, { kind: 'newest' }, 1, null)
      const folded = (await town.store.eventsAfter(room, 0, 500)).reduce(
        (state, event) => reduce(state, event, null),
        emptyRoom,
      )
      const emojis = messages[0]?.reactions.map((one) => one.emoji).join('')
      assert.equal(
        folded.messages
          .get(message)
          ?.reactions.map((one) => one.emoji)
          .join(''),
        emojis,
      )
      return emojis
    }
    assert.equal(await shown('add', ann, '🎉'), '🎉')
    assert.equal(await shown('add', ann, '👍'), '🎉👍')
    assert.equal(await shown('add', bob, '🎉'), '🎉👍')
    assert.equal(await shown('remove', ann, '🎉'), '🎉👍', 'bob’s stands')
    assert.equal(await shown('add', ann, '🎉'), '🎉👍')
    assert.equal(await shown('remove', bob, '🎉'), '🎉👍')
    assert.equal(await shown('remove', ann, '🎉'), '👍')
    assert.equal(await shown('add', bob, '🎉'), '👍🎉', 'anew')
    await town.store.users.remove(ann.id, town.at())
    assert.equal(await shown('add', bob, 'a'), '👍🎉a', 'the reactions of who is gone stay')
  })

  test('[MS7] who reacted is told in their order, page by page; who is gone without a name', async () => {
    await using town = await openTown(make)
    const { ann, bob, room, message } = await withMessage(town)
    const zoe = await town.account('zoe')
    for (const actor of [zoe, ann, bob]) {
      await town.ok({ type: 'reaction.add', room, actor, at: town.at(), message, emoji: '👍' })
      await town.ok({ type: 'reaction.add', room, actor, at: town.at(), message, emoji: '🎉' })
    }
    await town.ok({ type: 'reaction.remove', room, actor: zoe, at: town.at(), message, emoji: '🎉' })
    const told = async (emoji: string, after = 0, limit = 10) =>
      (await town.store.messages.reactors(room, message, emoji, after, limit))?.map(({ user }) => user.name)
    assert.deepEqual(
      [await told('👍'), await told('🎉')],
      [
        ['zoe', 'ann', 'bob'],
        ['ann', 'bob'],
      ],
    )
    const [first] = (await town.store.messages.reactors(room, message, '👍', 0, 1)) ?? []
    assert.deepEqual(first?.user, { id: zoe.id, name: 'zoe', kind: 'user' })
    assert.deepEqual(await told('👍', first?.seq, 1), ['ann'])
    assert.deepEqual(await told('x'), [])
    await town.store.users.remove(zoe.id, town.at())
    assert.deepEqual(await told('👍', 0, 1), ['Deleted user'])
    const elsewhere = await town.room(ann)
    assert.equal(await town.store.messages.reactors(elsewhere, message, '👍', 0, 10), undefined)
    assert.equal(await town.store.messages.reactors(room, 999, '👍', 0, 10), undefined)
    await town.ok({ type: 'message.delete', room, actor: ann, at: town.at(), message })
    assert.deepEqual(await told('👍'), [])
  })

  test('[MS11] history is paged by seq, oldest first, and says whether there is more', async () => {
    await using town = await openTown(make)
    const ann = await town.account('ann')
    const room = await town.room(ann)
    // Places 3, 5, 7, … 21 are messages; between them the topic changes.
    for (let n = 0; n < 10; n += 1) {
      await town.send(room, ann, `text ${n}`)
      await town.ok({ type: 'room.update', room, actor: ann, at: town.at(), topic: `topic ${n}` })
    }
    const page = async (wanted: Parameters<typeof town.store.messages.page>[1], limit: number) => {
      const { messages, head, more } = await town.store.messages.page(room, wanted, limit, ann.id)
      assert.equal(head, 22)
      return { seqs: messages.map(({ seq }) => seq), more }
    }
    assert.deepEqual(await page({ kind: 'newest' }, 3), { seqs: [17, 19, 21], more: true })
    assert.deepEqual(await page({ kind: 'newest' }, 10), {
      seqs: [3, 5, 7, 9, 11, 13, 15, 17, 19, 21],
      more: false,
    })
    assert.deepEqual(await page({ kind: 'before', seq: 9 }, 2), { seqs: [5, 7], more: true })
    assert.deepEqual(await page({ kind: 'before', seq: 7 }, 2), { seqs: [3, 5], more: false })
    assert.deepEqual(await page({ kind: 'after', seq: 16 }, 2), { seqs: [17, 19], more: true })
    assert.deepEqual(await page({ kind: 'after', seq: 17 }, 2), { seqs: [19, 21], more: false })
    assert.deepEqual(await page({ kind: 'around', seq: 11 }, 4), { seqs: [9, 11, 13, 15], more: true })
    assert.deepEqual(await page({ kind: 'around', seq: 12 }, 20), {
      seqs: [3, 5, 7, 9, 11, 13, 15, 17, 19, 21],
      more: false,
    })
    for (const wanted of [{ kind: 'newest' }, { kind: 'since', atMs: 0 }] as const) {
      assert.deepEqual(await town.store.messages.page(77, wanted, 3, null), {
        messages: [],
        head: 0,
        more: false,
      })
    }
  })

  test('[MS13] a page of a time is around the first message sent then or later', async () => {
    await using town = await openTown(make)
    const ann = await town.account('ann')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('message.send', 'room.update'), fc.nat(3)), { maxLength: 40 }),
        fc.integer({ min: -1, max: 60 }),
        fc.integer({ min: 1, max: 12 }),
        async (acts, wantedMs, limit) => {
          const room = await town.room(ann)
          const startMs = Date.parse(town.at())
          let ms = 0
          const places: { readonly seq: number; readonly ms: number }[] = []
          for (const [index, [type, tookMs]] of acts.entries()) {
            ms += tookMs
            const at = new Date(startMs + ms).toISOString()
            if (type === 'room.update') {
              await town.ok({ type, room, actor: ann, at, topic: `topic ${index}` })
            } else {
              const { seq } = await town.send(room, ann, 'text', { at })
              places.push({ seq: seq ?? 0, ms })
            }
          }
          const wanted = { kind: 'since', atMs: startMs + wantedMs } as const
          const found = await town.store.messages.page(room, wanted, limit, ann.id)
          const first = places.find((place) => place.ms >= wantedMs)
          const same =
            first === undefined ? { kind: 'newest' as const } : { kind: 'around' as const, seq: first.seq }
          assert.deepEqual(found, await town.store.messages.page(room, same, limit, ann.id))
          assert.equal(found.messages.find(({ at }) => Date.parse(at) >= wanted.atMs)?.seq, first?.seq)
        },
      ),
      { numRuns: 25 },
    )
  })
}
