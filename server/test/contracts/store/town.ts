import assert from 'node:assert/strict'
import type { MessageId, RoomId, UserId } from '@parlance/protocol/models'
import type { Appended, Author, Draft, Store, UserRow } from '../../../src/ports/store.ts'

export type Ok = Extract<Appended, { ok: true }>

/** Makes a new, empty store for one test. */
export type MakeStore = () => Promise<Store>

/** A store with people in it, and short ways to write to it. Its time goes on by a millisecond with each draft. */
export interface Town extends AsyncDisposable {
  readonly store: Store
  at(): string
  account(name: string): Promise<UserRow>
  guest(name: string): Promise<UserRow>
  room(owner: UserRow, options?: Partial<Extract<Draft, { type: 'room.create' }>>): Promise<RoomId>
  /** Appends, and fails the test where that is refused. */
  ok(draft: Draft): Promise<Ok>
  /** Appends, and gives the code it is refused with, or `ok`. */
  code(draft: Draft): Promise<string>
  send(
    room: RoomId,
    actor: Author,
    text: string,
    more?: Partial<SendDraft>,
  ): Promise<Ok & { message: MessageId }>
  join(room: RoomId, user: UserId, role?: 'owner' | 'moderator' | 'member'): Promise<Ok>
}

export type SendDraft = Extract<Draft, { type: 'message.send' }>

export async function openTown(make: MakeStore): Promise<Town> {
  const store = await make()
  let ms = Date.parse('2026-01-01T00:00:00.000Z')
  const at = () => new Date(ms++).toISOString()

  async function ok(draft: Draft): Promise<Ok> {
    const appended = await store.append(draft)
    assert.ok(appended.ok, `${draft.type} was refused: ${JSON.stringify(appended)}`)
    return appended
  }

  async function user(name: string, kind: 'user' | 'guest'): Promise<UserRow> {
    const passwordHash = kind === 'user' ? 'hash' : null
    const made = await store.users.create({ name, kind, email: null, passwordHash, at: at() })
    assert.ok(made.ok)
    return made.user
  }

  return {
    store,
    at,
    ok,
    account: (name) => user(name, 'user'),
    guest: (name) => user(name, 'guest'),
    async room(owner, options = {}) {
      const made = await ok({
        type: 'room.create',
        actor: { id: owner.id, name: owner.name },
        at: at(),
        name: `room of ${owner.name}`,
        topic: '',
        visibility: 'private',
        members: [{ user: owner.id, role: 'owner' }],
        uniqueName: false,
        directKey: null,
        ...options,
      })
      return made.room
    },
    async code(draft) {
      const appended = await store.append(draft)
      return appended.ok ? 'ok' : appended.code
    },
    async send(room, actor, text, more = {}) {
      const sent = await ok({ ...sendDraft(room, actor, text, at()), ...more })
      assert.ok(sent.message !== undefined)
      return { ...sent, message: sent.message }
    },
    join: (room, user, role = 'member') =>
      ok({ type: 'member.join', room, actor: { id: user, name: '' }, at: at(), user, role }),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  }
}

export function sendDraft(room: RoomId, { id, name }: Author, text: string, at: string): SendDraft {
  return {
    type: 'message.send',
    room,
    actor: { id, name },
    at,
    text,
    nonce: null,
    replyTo: null,
    mentions: [],
  }
}
