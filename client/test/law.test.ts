import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { openConnections } from '../../server/test/support/open-connections.ts'
import { startTestServer, type TestServer } from '../../server/test/support/start-server.ts'
import type { Client } from '../src/client.ts'
import { systemClock } from '../src/clock.ts'
import { ParlanceError } from '../src/errors.ts'
import type { Room } from '../src/room.ts'
import { roomCache } from '../src/room-cache.ts'
import { MemoryStorage } from './support/memory-storage.ts'
import { arrive, gather, quick, roomOf } from './support/people.ts'
import { TcpProxy } from './support/proxy.ts'
import { assertTrue } from './support/truth.ts'
import { until } from './support/until.ts'

interface Person {
  client: Client
  room: Room
  storage: MemoryStorage
}

/** Caches write often, so that a crash finds something new in them. */
const clock = {
  ...systemClock,
  after: (ms: number, run: () => void) => systemClock.after(ms === 1_000 ? 20 : ms, run),
}
const options = (url: string, storage: MemoryStorage) => ({ url, storage, clock, cache: roomCache(storage) })

const who = fc.constantFrom(0, 1)
const pick = fc.nat(1_000)
const emoji = fc.constantFrom('👍', '🎉', '❤️')

/** Anything that people do, and what the network does to them. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      who,
      text: fc.string({ minLength: 1, maxLength: 20 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('mention' as const), who }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('edit' as const), who, pick, text: fc.string({ minLength: 1 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), who, pick }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('react' as const, 'unreact' as const), who, pick, emoji }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('read' as const), who, pick }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('rename' as const, 'mute' as const, 'promote' as const) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('remove' as const, 'ban' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('older' as const, 'reopen' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('jump' as const), who, pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cut' as const), bytes: fc.nat(2_000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reload' as const), who, isCrash: fc.boolean() }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

test('[CL10] [CL14] the law: after any commands, cuts, reloads and crashes, what a client shows is what the server has', async () => {
  await using server = await startTestServer()
  await using proxy = await TcpProxy.start(server.port)
  await using people = await meet(proxy.url)
  const [owner, other] = people.both
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }), async (steps) => {
      const [a, b] = await gather(owner.client, other.client)
      owner.room = a
      other.room = b
      await Promise.all([a.open(), b.open()])
      // Nobody waits for an answer before the next step.
      const going: Promise<void>[] = []
      for (const each of steps) {
        if (each.do === 'reload') await reload(people.both[each.who] ?? owner, proxy.url, each.isCrash)
        else going.push(run(each, people.both, proxy))
      }
      await Promise.all(going)
      proxy.heal()
      await quiet(server, people.both)
      await rejoin(people.both)
      for (const { client, room } of people.both) await assertTrue(client, room)
      for (const { client, room } of people.both)
        await client.request({ type: 'room.leave', room: room.id }).catch(() => {})
    }),
    { numRuns: 40, endOnFailure: true, ...seed() },
  )
})

/** Two people in a room, for as long as the test runs. */
async function meet(url: string) {
  const storages = [new MemoryStorage(), new MemoryStorage()] as const
  const ann = await arrive(options(url, storages[0]))
  const bob = await arrive(options(url, storages[1]))
  const [a, b] = await gather(ann, bob)
  const both: readonly [Person, Person] = [
    { client: ann, room: a, storage: storages[0] },
    { client: bob, room: b, storage: storages[1] },
  ]
  const end = async () => {
    await Promise.all(both.map(({ client }) => client.close()))
  }
  return { both, [Symbol.asyncDispose]: end }
}

/** The page is loaded anew. A crash leaves in the storage what had been written by then. */
async function reload(person: Person, url: string, isCrash: boolean): Promise<void> {
  if (isCrash) person.storage = new MemoryStorage(person.storage.values)
  const closed = person.client.close()
  if (!isCrash) await closed
  const client = quick(options(url, person.storage))
  person.client = client
  await client.restore()
  void client.connect().catch(() => {})
  await until(
    () => client.room(person.room.id) !== undefined || client.getSnapshot().connection.kind === 'open',
  )
  const room = client.room(person.room.id)
  if (room === undefined) return
  person.room = room
  // It is shown at once, and goes on from there.
  void room.open().catch(() => {})
}

async function run(
  step: Exclude<Step, { do: 'reload' }>,
  people: readonly [Person, Person],
  proxy: TcpProxy,
): Promise<void> {
  const [owner, other] = people
  const { client, room } = people['who' in step ? step.who : 0] ?? owner
  // Whoever was removed and has loaded anew has no room to act in.
  if (client.room(room.id) === undefined) return
  const { messages } = room.getSnapshot().timeline
  const message = 'pick' in step ? messages.at(step.pick % Math.max(1, messages.length)) : undefined
  const id = message?.id ?? 1
  const user = other.client.getSnapshot().account?.id ?? 0
  await allowed(async () => {
    switch (step.do) {
      case 'send':
        return room.send(step.text, message === undefined ? {} : { replyTo: message.id })
      case 'mention':
        return room.send(`hello @${people[1 - step.who]?.client.getSnapshot().account?.name}`)
      case 'edit':
        return room.edit(id, step.text)
      case 'delete':
        return room.delete(id)
      case 'react':
        return room.react(id, step.emoji)
      case 'unreact':
        return room.unreact(id, step.emoji)
      case 'read':
        return room.markRead(message?.seq)
      case 'rename':
        return client.request({ type: 'room.update', room: room.id, topic: String(Math.random()) })
      case 'mute':
        return owner.client.request({ type: 'member.mute', room: room.id, user, forMs: 1 })
      case 'promote':
        return owner.client.request({ type: 'member.role', room: room.id, user, role: 'moderator' })
      case 'remove':
        return owner.client.request({ type: 'member.remove', room: room.id, user })
      case 'ban':
        await owner.client.request({ type: 'member.ban', room: room.id, user })
        return owner.client.request({ type: 'member.unban', room: room.id, user })
      case 'older':
        return room.loadOlder(5)
      case 'reopen':
        room.close()
        return room.open()
      case 'jump':
        await room.jumpTo(message?.seq ?? 2, 4)
        return room.jumpToLatest()
      case 'cut':
        return proxy.cutAfter(step.bytes + 1)
    }
  })
}

/**
 * Waits until the server has done what closed connections had asked of it: an answer that was lost leaves it open
 * when that lands, so a ban might come after the end.
 */
async function quiet(server: TestServer, people: readonly Person[]): Promise<void> {
  await Promise.all(people.map(({ client }) => client.connect()))
  while ((await openConnections(server)) !== people.length) await setImmediate()
}

/** Does what the server may refuse. */
async function allowed(act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof ParlanceError)) throw error
  }
}

/** Whoever was removed comes back, so that both see the end. */
async function rejoin([owner, other]: readonly [Person, Person]): Promise<void> {
  const { id } = owner.room
  const user = other.client.getSnapshot().account?.id ?? 0
  await allowed(() => owner.client.request({ type: 'member.unban', room: id, user }))
  await allowed(() => other.client.request({ type: 'room.join', room: id }))
  await until(() => other.client.room(id)?.getSnapshot().isMember === true)
  await until(() => owner.client.room(id) !== undefined)
  owner.room = roomOf(owner.client, id)
  other.room = roomOf(other.client, id)
  await owner.room.open()
  await other.room.open()
  // What survived a reload goes out by itself.
  for (const { room } of [owner, other])
    await until(() => room.getSnapshot().pending.every(({ state }) => state.kind === 'failed'))
}

/** A seed to repeat a failure with: `FC_SEED=… npm test -- client/test/law`. */
function seed(): { seed?: number } {
  const given = process.env.FC_SEED
  return given === undefined ? {} : { seed: Number(given) }
}
