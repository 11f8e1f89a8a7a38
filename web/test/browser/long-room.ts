import { join } from 'node:path'
import { openSqliteStore } from '../../../server/src/store/sqlite.ts'
import { temporaryFolder } from '../../../server/test/support/temporary-folder.ts'

const dayMs = 86_400_000

export interface LongRoom extends AsyncDisposable {
  /** What the server is to be started on. */
  readonly database: { readonly kind: 'sqlite'; readonly path: string }
  readonly room: number
  /** The first moment of the room's messages; there is one every ten minutes. */
  readonly beganAt: Date
  /** The seq of the message of this number, from 1. */
  seqOf(number: number): number
}

/** A public room of so many messages by three people, written into a database before there is a server. */
export async function longRoom(count: number): Promise<LongRoom> {
  const folder = await temporaryFolder()
  const path = join(folder.path, 'parlance.db')
  await using store = await openSqliteStore(path)
  const beganAt = new Date(Date.now() - count * (dayMs / 144) - dayMs)
  const at = (number: number) => new Date(beganAt.getTime() + number * (dayMs / 144)).toISOString()
  const authors: { id: number; name: string }[] = []
  for (const name of ['olga', 'otto', 'owen']) {
    const made = await store.users.create({ name, kind: 'user', email: null, passwordHash: null, at: at(0) })
    if (made.ok) authors.push(made.user)
  }
  const [actor = { id: null, name: 'olga' }] = authors
  const { id: owner } = actor
  const made = await store.append({
    type: 'room.create',
    actor,
    at: at(0),
    name: 'annals',
    topic: 'Everything that was ever said',
    visibility: 'public',
    members: owner === null ? [] : [{ user: owner, role: 'owner' }],
    uniqueName: true,
    directKey: null,
  })
  if (!made.ok) throw new Error(made.code)
  const { room } = made
  let first = 0
  for (let from = 1; from <= count; from += 1_000) {
    const numbers = Array.from({ length: Math.min(1_000, count - from + 1) }, (_, index) => from + index)
    const appended = await Promise.all(
      numbers.map((number) =>
        store.append({
          type: 'message.send',
          room,
          actor: authors[Math.trunc(number / 4) % 3] ?? actor,
          at: at(number),
          text: `number ${number}${' and some more words'.repeat(number % 17)}`,
          nonce: null,
          replyTo: null,
          mentions: [],
        }),
      ),
    )
    const [one] = appended
    if (from === 1 && one?.ok) first = one.seq ?? 0
  }
  return {
    database: { kind: 'sqlite', path },
    room,
    beganAt,
    seqOf: (number) => first + number - 1,
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}
