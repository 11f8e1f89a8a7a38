import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event } from '@parlance/protocol/events'
import type { RoomId, UserId } from '@parlance/protocol/models'
import { emptyRoom, type RoomState, reduce } from '@parlance/protocol/reduce'
import fc from 'fast-check'
import type { Author, Draft } from '../../../src/ports/store.ts'
import { type MakeStore, openTown, type Town } from './town.ts'

const people = 4

/** One thing that somebody may do, with people by number and messages by how many ago. */
const step = fc.record({
  kind: fc.constantFrom(
    'send',
    'send',
    'send',
    'edit',
    'delete',
    'react',
    'react',
    'unreact',
    'join',
    'join',
    'leave',
    'remove',
    'ban',
    'unban',
    'role',
    'mute',
    'update',
    'archive',
    'vanish',
  ),
  actor: fc.nat({ max: people }),
  user: fc.nat({ max: people - 1 }),
  message: fc.nat({ max: 5 }),
  word: fc.constantFrom('a', 'b', 'c', 'é🙂'),
  role: fc.constantFrom('owner', 'moderator', 'member'),
  flag: fc.boolean(),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

interface Scene {
  readonly town: Town
  readonly room: RoomId
  readonly authors: readonly Author[]
  readonly messages: number[]
}

export function testFold(make: MakeStore): void {
  test('[RE9] the fold of the log, and of what append answered, is the state of the tables', async () => {
    await using town = await openTown(make)
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
        run += 1
        const scene = await setScene(town, run)
        const live = [...(await town.store.eventsAfter(scene.room, 0, 10))]
        for (const taken of steps) live.push(...(await take(scene, taken)))
        const logged = await town.store.eventsAfter(scene.room, 0, 500)
        for (const { id } of scene.authors) await compare(scene, fold(logged, id), id)
        await compare(scene, fold(live, null), null)
      }),
      { numRuns: 60 },
    )
  })
}

async function setScene(town: Town, run: number): Promise<Scene> {
  const authors: Author[] = []
  for (let n = 0; n < people; n += 1) authors.push(await town.account(`p${run}-${n}`))
  const [owner] = authors
  assert.ok(owner !== undefined && owner.id !== null)
  const made = await town.ok({
    type: 'room.create',
    actor: owner,
    at: town.at(),
    name: `room ${run}`,
    topic: '',
    visibility: 'open',
    members: [{ user: owner.id, role: 'owner' }],
    uniqueName: true,
    directKey: null,
  })
  return { town, room: made.room, authors: [...authors, { id: null, name: 'stranger' }], messages: [] }
}

async function take(scene: Scene, taken: Step) {
  const { town, authors, messages } = scene
  const user = authors[taken.user]?.id ?? 0
  // Seldom: an account that is gone does nothing more.
  if (taken.kind === 'vanish')
    return taken.flag && taken.message === 0 ? town.store.users.remove(user, town.at()) : []
  const appended = await town.store.append(draftOf(scene, taken, user))
  if (!appended.ok) return []
  if (appended.message !== undefined) messages.push(appended.message)
  return appended.events
}

function draftOf({ town, room, authors, messages }: Scene, taken: Step, user: UserId): Draft {
  const actor = authors[taken.actor] ?? { id: null, name: 'stranger' }
  const at = town.at()
  const message = messages.at(-1 - taken.message) ?? 0
  const { word, flag } = taken
  const mentions = flag ? [user] : []
  switch (taken.kind) {
    case 'send':
      return {
        type: 'message.send',
        room,
        actor,
        at,
        text: word,
        mentions,
        nonce: taken.message === 0 ? word.replace(/\W/g, 'x') : null,
        replyTo: taken.message === 1 ? message : null,
        answered: mentions[0] ?? null,
      }
    case 'edit':
      return { type: 'message.edit', room, actor, at, message, text: word, mentions }
    case 'delete':
      return { type: 'message.delete', room, actor, at, message }
    case 'react':
      return { type: 'reaction.add', room, actor, at, message, emoji: word }
    case 'unreact':
      return { type: 'reaction.remove', room, actor, at, message, emoji: word }
    case 'join':
      return { type: 'member.join', room, actor, at, user, role: taken.role }
    case 'leave':
    case 'remove':
    case 'ban':
    case 'unban':
      return { type: `member.${taken.kind}`, room, actor, at, user }
    case 'role':
      return { type: 'member.role', room, actor, at, user, role: taken.role }
    case 'mute':
      return { type: 'member.mute', room, actor, at, user, until: flag ? '2030-01-01T00:00:00.000Z' : null }
    case 'archive':
      // Seldom: hardly anything is possible after it.
      return taken.message === 0 && flag
        ? { type: 'room.archive', room, actor, at }
        : { type: 'room.update', room, actor, at, visibility: 'private' }
    default:
      return { type: 'room.update', room, actor, at, topic: word, ...(flag && { name: `${word} ${room}` }) }
  }
}

function fold(events: readonly Event[], viewer: UserId | null): RoomState {
  return events.reduce((state, event) => reduce(state, event, viewer), emptyRoom)
}

async function compare(
  { town: { store }, room }: Scene,
  state: RoomState,
  viewer: UserId | null,
): Promise<void> {
  const page = await store.messages.page(room, { kind: 'newest' }, 1_000, viewer)
  assert.deepEqual([...state.messages.values()], page.messages)
  const standing = await store.rooms.standing(null, room)
  assert.ok(standing)
  const { name, topic, visibility, archived } = standing.room
  const { members, messages: _, ...told } = state
  assert.deepEqual(told, { name, topic, visibility, archived, head: page.head })
  assert.equal(standing.room.members, members.size)
  const folded = [...members.values()].sort((a, b) => (a.user.id ?? 0) - (b.user.id ?? 0))
  const rows = await store.rooms.members(room, 0, 1_000)
  assert.deepEqual(
    folded,
    rows.map(({ read, ...member }) => member),
  )
}
