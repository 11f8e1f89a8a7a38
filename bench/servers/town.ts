import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Tokens } from '../../server/src/chat/tokens.ts'
import { systemClock } from '../../server/src/ports/clock.ts'
import type { Draft } from '../../server/src/ports/store.ts'
import { openSqliteStore } from '../../server/src/store/sqlite.ts'

/** Accounts, rooms and who is in which, written into an empty store before its server starts. */
export interface TownPlan {
  readonly users: number
  readonly rooms: number
  /** The rooms of a user, both counted from 0. */
  roomsOf(user: number): readonly number[]
  /** Messages in each room from the start. */
  readonly messagesPerRoom?: number
}

export interface Town {
  readonly epoch: string
  /** An access token for each user. */
  readonly tokens: readonly string[]
  /** The ids of the rooms. */
  readonly rooms: readonly number[]
}

export const secret = 'a secret for measurements and nothing else, long enough'

const dayMs = 86_400_000
/** Drafts on their way at a time: they share commits. */
const width = 10_000

/** Builds it through the store's own port, so that the log is as the server would have written it. */
export async function buildTown(folder: string, plan: TownPlan): Promise<Town> {
  await using store = await openSqliteStore(join(folder, 'parlance.db'))
  const issuer = new Tokens(secret, 'HS256', dayMs, systemClock)
  const at = systemClock.timestamp()
  const expiresAt = new Date(systemClock.wallMs() + dayMs).toISOString()
  const users = await each(plan.users, async (index) => {
    const name = `user${String(index).padStart(5, '0')}`
    const created = await store.users.create({ name, kind: 'user', email: null, passwordHash: null, at })
    if (!created.ok) throw new Error(created.code)
    const { id } = created.user
    const session = randomUUID()
    const times = { createdAt: at, lastUsedAt: at, expiresAt }
    await store.sessions.create({
      id: session,
      user: id,
      ...times,
      client: null,
      address: null,
      refreshHash: null,
    })
    return { id, name, token: (await issuer.issue(id, session)).token }
  })
  const append = async (draft: Draft) => {
    const appended = await store.append(draft)
    if (!appended.ok) throw new Error(appended.code)
    return appended
  }
  const actor = users[0] ?? { id: null, name: 'nobody' }
  const room = { visibility: 'open', topic: '', members: [], uniqueName: true, directKey: null } as const
  const rooms = await each(plan.rooms, async (index) => {
    return (await append({ type: 'room.create', actor, at, name: `room ${index}`, ...room })).room
  })
  await each(plan.users, async (index) => {
    const user = users[index]
    for (const number of plan.roomsOf(index)) {
      if (user === undefined) continue
      const joining = { room: rooms[number] ?? 0, actor: user, at, user: user.id, role: 'member' } as const
      await append({ type: 'member.join', ...joining })
    }
  })
  await each((plan.messagesPerRoom ?? 0) * rooms.length, async (index) => {
    const author = users[index % users.length] ?? actor
    const message = {
      text: `Message ${index} of a long conversation.`,
      nonce: null,
      replyTo: null,
      mentions: [],
    }
    await append({
      type: 'message.send',
      room: rooms[index % rooms.length] ?? 0,
      actor: author,
      at,
      ...message,
    })
  })
  return { epoch: store.epoch, tokens: users.map(({ token }) => token), rooms }
}

/** So many, many at a time. */
async function each<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const done: T[] = []
  for (let next = 0; next < count; next += width) {
    const indexes = Array.from({ length: Math.min(width, count - next) }, (_, offset) => next + offset)
    done.push(...(await Promise.all(indexes.map(work))))
  }
  return done
}
