import { test } from 'node:test'
import fc from 'fast-check'
import { startTestServer } from '../../server/test/support/start-server.ts'
import type { Client } from '../src/client.ts'
import { ParlanceError } from '../src/errors.ts'
import type { Room } from '../src/room.ts'
import { arrive, gather, roomOf } from './support/people.ts'
import { TcpProxy } from './support/proxy.ts'
import { assertTrue } from './support/truth.ts'
import { until } from './support/until.ts'

interface Person {
  readonly client: Client
  room: Room
}

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
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

test('[CL10] the law: after any commands and any cuts, what a client shows is what the server has', async () => {
  await using server = await startTestServer()
  await using proxy = await TcpProxy.start(server.port)
  await using ann = await arrive({ url: proxy.url })
  await using bob = await arrive({ url: proxy.url })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }), async (steps) => {
      const [a, b] = await gather(ann, bob)
      const people: readonly [Person, Person] = [
        { client: ann, room: a },
        { client: bob, room: b },
      ]
      await Promise.all([a.open(), b.open()])
      // Nobody waits for an answer before the next step.
      await Promise.all(steps.map((each) => run(each, people, proxy)))
      await rejoin(people)
      for (const { client, room } of people) await assertTrue(client, room)
      for (const { client, room } of people)
        await client.request({ type: 'room.leave', room: room.id }).catch(() => {})
    }),
    { numRuns: 40, endOnFailure: true, ...seed() },
  )
})

async function run(step: Step, people: readonly [Person, Person], proxy: TcpProxy): Promise<void> {
  const [owner, other] = people
  const { client, room } = people['who' in step ? step.who : 0] ?? owner
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
  other.room = roomOf(other.client, id)
  await owner.room.open()
  await other.room.open()
}

/** A seed to repeat a failure with: `FC_SEED=… npm test -- client/test/law`. */
function seed(): { seed?: number } {
  const given = process.env.FC_SEED
  return given === undefined ? {} : { seed: Number(given) }
}
