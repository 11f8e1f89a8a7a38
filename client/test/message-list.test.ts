import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EventOf } from '@parlance/protocol/events'
import type { Message } from '@parlance/protocol/models'
import fc from 'fast-check'
import { MessageList } from '../src/message-list.ts'
import { Timeline } from '../src/timeline.ts'
import { created } from './support/fake-network.ts'

const message = (seq: number, text = ''): Message => ({
  id: seq * 10,
  room: 7,
  seq,
  at: '',
  author: { id: 2, name: 'bob', kind: 'user' },
  text,
  version: 1,
  editedAt: null,
  deletedAt: null,
  replyTo: null,
  mentions: [],
  reactions: [],
  nonce: null,
})

test('[CL8] a list of messages is an array that is never changed', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('append' as const), count: fc.nat(200) }),
    fc.record({ do: fc.constant('replace' as const), at: fc.nat(10_000) }),
    fc.record({ do: fc.constant('after' as const), at: fc.nat(10_000) }),
    fc.record({ do: fc.constant('concat' as const), count: fc.nat(200) }),
  )
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      let list = MessageList.empty
      let array: Message[] = []
      const past: [MessageList, Message[]][] = []
      let seq = 0
      for (const each of steps) {
        past.push([list, [...array]])
        if (each.do === 'append' || each.do === 'concat') {
          const more = Array.from({ length: each.count }, (_, i) => message(seq + 2 * i + 2))
          seq += 2 * each.count
          array = [...array, ...more]
          list =
            each.do === 'concat'
              ? list.concat(MessageList.of(more))
              : more.reduce((all, one) => all.append(one), list)
        } else if (array.length > 0) {
          const index = each.at % array.length
          const { seq } = array[index] ?? message(0)
          if (each.do === 'after') {
            array = array.slice(index + 1)
            list = list.after(seq)
          } else {
            const changed = message(seq, 'changed')
            array = array.with(index, changed)
            list = list.replace(index, changed)
          }
        }
      }
      for (const [old, same] of [...past, [list, array] as const]) {
        assert.deepEqual([...old], same)
        assert.equal(old.length, same.length)
        assert.equal(old.at(-1), same.at(-1))
        assert.equal(old.at(same.length), undefined)
        const index = same.length >> 1
        const { seq } = same[index] ?? message(0)
        assert.equal(old.indexOf(seq), same.length === 0 ? -1 : index)
        assert.equal(old.indexOf(seq + 1), -1)
        assert.equal(old.countUpTo(seq + 1), same.length === 0 ? 0 : index + 1)
        assert.deepEqual(old.slice(index, index + 3), same.slice(index, index + 3))
      }
    }),
  )
})

test('[CL8] an event costs the same in a room of 50,000 messages as in one of 500', () => {
  const many = timeline(50_000)
  const few = timeline(500)
  const before = many.shown?.messages
  many.event(edited(50_001, 250_000), 1)
  const after = many.shown?.messages
  assert.equal(after?.at(24_999)?.text, 'edited')
  let same = 0
  for (let i = 0; i < 50_000; i += 1) if (before?.at(i) === after?.at(i)) same += 1
  assert.equal(same, 49_999, 'all others are shared')
  // Copying 50,000 references for each event would make this a hundred times as many, not ten.
  const [manySlots, fewSlots] = [many, few].map((each) => slotsCopied(() => append(each)))
  assert.ok(fewSlots !== undefined && fewSlots > 2_000)
  assert.ok((manySlots ?? 0) < 10 * fewSlots, `${manySlots} slots, ${fewSlots} slots`)
})

/** The lengths of all arrays that are copied or gone through meanwhile, by the methods that lists are made with. */
function slotsCopied(run: () => void): number {
  const prototype = Array.prototype as unknown as Record<PropertyKey, (...args: unknown[]) => unknown>
  const names = ['with', 'slice', 'map', 'filter', 'concat', Symbol.iterator] as const
  const originals = names.map((name) => [name, prototype[name]!] as const)
  let slots = 0
  for (const [name, original] of originals) {
    prototype[name] = function (this: unknown[], ...args) {
      slots += this.length
      return Reflect.apply(original, this, args)
    }
  }
  try {
    run()
  } finally {
    for (const [name, original] of originals) prototype[name] = original
  }
  return slots
}

function timeline(count: number): Timeline {
  const made = new Timeline()
  const messages = MessageList.of(Array.from({ length: count }, (_, i) => message(i + 1)))
  made.insert({ from: 0, to: Number.POSITIVE_INFINITY, messages })
  return made
}

/** 2,000 messages more. */
function append(to: Timeline): void {
  const last = to.shown?.messages.at(-1)?.seq ?? 0
  for (let i = 1; i <= 2_000; i += 1) to.event(created(7, last + i) as never, 1)
}

function edited(seq: number, id: number): EventOf<'message.edited'> {
  const actor = { id: 2, name: 'bob', kind: 'user' } as const
  const head = { type: 'message.edited', room: 7, seq, at: '', actor } as const
  return { ...head, message: id, version: 2, text: 'edited', mentions: [] }
}
