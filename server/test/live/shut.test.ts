import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import type { Event } from '@parlance/protocol/events'
import { pino } from 'pino'
import { MemoryBroker } from '../../src/broker/memory.ts'
import { Hub } from '../../src/live/hub.ts'
import { testConnection } from '../support/test-connection.ts'

const room = 1
const at = '2026-01-01T00:00:00.000Z'
const gus = { id: 2, name: 'gus', kind: 'guest' } as const
const head = (seq: number) => ({ room, seq, at, actor: { id: 1, name: 'ann', kind: 'user' } }) as const
const said = (seq: number): Event => ({
  ...head(seq),
  type: 'message.created',
  message: seq,
  text: 'x',
  replyTo: null,
  mentions: [],
  nonce: null,
})
const made = { name: 'hall', topic: '' }

/** What takes the room from the guest, and with what reason that is told. */
const endings: Record<string, readonly [(seq: number) => Event, string]> = {
  left: [(seq) => ({ ...head(seq), type: 'member.left', user: gus }), 'left'],
  removed: [(seq) => ({ ...head(seq), type: 'member.removed', user: gus }), 'removed'],
  banned: [(seq) => ({ ...head(seq), type: 'member.banned', user: gus }), 'banned'],
  closed: [(seq) => ({ ...head(seq), type: 'room.updated', ...made, visibility: 'public' }), 'removed'],
}

/** A node on which a guest and an account listen to a room, and the log behind it. */
async function node() {
  const events: Event[] = []
  const broker = new MemoryBroker()
  const store = { eventsAfter: async (_: number, seq: number) => events.slice(seq) }
  const hub = new Hub(store, broker, pino({ level: 'silent' }))
  const open = async (user: number, isGuest: boolean) => {
    const one = testConnection(hub.batch)
    await hub.identify(one.connection, { user, session: `s${user}`, isGuest })
    hub.release(one.connection)
    const heard = () =>
      one.texts.map((text) => JSON.parse(text)).map(({ seq, type, reason }) => seq ?? `${type} ${reason}`)
    return { ...one, heard }
  }
  const publish = (given: readonly Event[]) =>
    broker.publish(`room:${room}`, { kind: 'events', events: given })
  return { events, hub, open, publish }
}

/** What a turn brought about leaves at its end, and what is published in it at the end of the next. */
async function told(): Promise<void> {
  for (let i = 0; i < 3; i += 1) await turn()
}

for (const [name, [ending, reason]] of Object.entries(endings)) {
  test(`[AC36] live, who is ${name} hears the room up to that event, though nothing else says so`, async () => {
    const { events, hub, open, publish } = await node()
    const [guest, account] = [await open(gus.id, true), await open(3, false)]
    for (const { connection } of [guest, account]) await hub.attach(connection, room, { after: 0 })
    events.push(said(1), ending(2), said(3))
    publish(events)
    await told()
    assert.deepEqual(guest.heard(), [1, `room.removed ${reason}`])
    assert.deepEqual(account.heard(), [1, 2, 3])
    assert.equal(guest.connection.rooms.size, 0)
  })

  test(`[AC36] who is ${name} while catching up hears the room up to that event`, async () => {
    for (const isReplay of [false, true]) {
      const { events, hub, open } = await node()
      const guest = await open(gus.id, true)
      events.push(said(1), said(2), ending(3), said(4))
      const replay = async (page: readonly Event[]) => {
        for (const event of page) guest.connection.send(JSON.stringify(event))
      }
      await hub.attach(guest.connection, room, { after: 1, ...(isReplay && { replay }) })
      await told()
      assert.deepEqual(guest.heard(), [2, `room.removed ${reason}`])
      assert.equal(hub.listenerCount(room), 0)
    }
  })

  test(`[AC36] who was ${name} and is back is told the log as it went`, async () => {
    const { events, hub, open, publish } = await node()
    const guest = await open(gus.id, true)
    events.push(
      said(1),
      ending(2),
      { ...head(3), type: 'room.updated', ...made, visibility: 'open' },
      { ...head(4), type: 'member.joined', user: gus, role: 'member' },
    )
    await hub.attach(guest.connection, room, { after: 0, asOf: 4 })
    events.push(said(5))
    publish(events.slice(4))
    await told()
    assert.deepEqual(guest.heard(), [1, 2, 3, 4, 5])
  })
}
