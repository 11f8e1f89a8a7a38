import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CommandType } from '@parlance/protocol/commands'
import type { Frame } from '../support/native-client.ts'
import { type Company, company, type Person } from '../support/people.ts'

interface Scene {
  readonly room: number
  readonly own: number
  readonly others: number
  readonly target: number
}

type Asked = readonly [CommandType, Record<string, unknown>]

/** Every command by which an owner writes to a room's log. */
const acts: readonly ((scene: Scene) => Asked)[] = [
  () => ['message.send', { text: 'x' }],
  ({ own }) => ['message.edit', { message: own, text: `edit ${crypto.randomUUID()}` }],
  ({ others }) => ['reaction.add', { message: others, emoji: '👍' }],
  ({ target }) => ['member.mute', { user: target, forMs: 1 + Math.floor(Math.random() * 1_000) }],
  ({ others }) => ['reaction.remove', { message: others, emoji: '👍' }],
  () => ['room.update', { topic: crypto.randomUUID() }],
  ({ target }) => ['member.ban', { user: target }],
  ({ target }) => ['member.unban', { user: target }],
  ({ target }) => ['room.invite', { user: target }],
  () => ['room.update', { name: crypto.randomUUID() }],
  ({ target }) => ['member.role', { user: target, role: 'moderator' }],
  ({ target }) => ['member.remove', { user: target }],
  ({ target }) => ['room.invite', { user: target }],
  ({ own }) => ['message.delete', { message: own }],
  ({ others }) => ['message.delete', { message: others }],
  () => ['message.send', { text: 'y' }],
]

/** What the other owner does meanwhile. */
const fates: Record<string, (user: number) => Asked> = {
  ban: (user) => ['member.ban', { user }],
  removal: (user) => ['member.remove', { user }],
  mute: (user) => ['member.mute', { user, forMs: 600_000 }],
  demotion: (user) => ['member.role', { user, role: 'member' }],
  archive: () => ['room.archive', {}],
}

/** How often each: the race has to be run for the law to be seen broken. */
const rounds = 6

for (const [fate, happens] of Object.entries(fates)) {
  test(`[AC14] no event of one whose right was taken away comes after the event that took it: ${fate}`, async () => {
    await using chat = await company(['owner', 'actor', 'target'])
    const [owner, actor] = [chat.person('owner'), chat.person('actor')]
    for (let round = 0; round < rounds; round++) {
      const scene = await makeScene(chat)
      const [type, input] = happens(actor.id)
      let taken: Promise<Frame> | undefined
      const answers = rotated(acts, round * 3).map((act, index) => {
        if (index === round) taken = ask(owner, type, { ...input, room: scene.room })
        const [asked, fields] = act(scene)
        return ask(actor, asked, { ...fields, room: scene.room })
      })
      assert.equal((await taken)?.ok, true)
      await Promise.all(answers)
      const { events } = await owner.socket.do('room.events', { room: scene.room, limit: 500 })
      assertLawful(events, actor, scene)
      owner.socket.frames.length = 0
      actor.socket.frames.length = 0
    }
  })
}

/** The refs of what is asked without looking at its answer. */
let lastRef = 1_000_000

function ask({ socket }: Person, type: CommandType, input: Record<string, unknown>): Promise<Frame> {
  const ref = ++lastRef
  socket.send({ ...input, type, ref })
  return socket.next((frame) => frame.type === 'reply' && frame.ref === ref)
}

function rotated<T>(list: readonly T[], by: number): T[] {
  const start = by % list.length
  return [...list.slice(start), ...list.slice(0, start)]
}

/** A room of two owners, with a message of each. */
async function makeScene(chat: Company): Promise<Scene> {
  const { socket } = chat.person('owner')
  const room = await chat.room()
  await socket.do('member.role', { room, user: chat.person('actor').id, role: 'owner' })
  const own = await chat.person('actor').socket.do('message.send', { room, text: 'mine' })
  const others = await socket.do('message.send', { room, text: 'theirs' })
  return { room, own: own.id, others: others.id, target: chat.person('target').id }
}

/** Walks the log and sees that each event of the actor was one that they had the right to then. */
function assertLawful(events: readonly Frame[], actor: Person, { own }: Scene): void {
  const may = { anything: true, write: true, moderate: true }
  for (const event of events) {
    const mine = event.actor.id === actor.id && event.user?.id !== actor.id
    if (mine) {
      const told = `${event.type} at ${event.seq}: ${JSON.stringify(may)} ${JSON.stringify(events)}`
      assert.ok(may.anything, told)
      const writes = /^(message|reaction)\.|member\.joined/.test(event.type)
      assert.ok(!writes || may.write, told)
      const erases = event.type === 'message.deleted' && event.message !== own
      assert.ok((writes && !erases) || may.moderate, told)
    }
    if (event.type === 'room.archived') may.anything = false
    if (event.user?.id !== actor.id) continue
    if (event.type === 'member.banned' || event.type === 'member.removed') may.anything = false
    if (event.type === 'member.updated') {
      may.moderate = event.role !== 'member'
      may.write = event.mutedUntil === null
    }
  }
}
