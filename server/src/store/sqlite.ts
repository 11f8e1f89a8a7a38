import type { Store } from '../ports/store.ts'
import { groupCommit } from './group-commit.ts'
import { answerOf, type Outcome } from './outcome.ts'
import { pack } from './packed.ts'
import { type AskerOptions, startAsker } from './sqlite/asker.ts'

export interface SqliteStoreOptions extends AskerOptions {
  /** Hears of each commit: how many drafts, and how long it took in milliseconds. */
  readonly onCommit?: (drafts: number, tookMs: number) => void
}

/**
 * Opens the store in a SQLite file, or in memory with `:memory:`, and migrates it. All SQL runs in a worker thread,
 * since an fsync must not stop the event loop.
 * Rejects with `StoreRefused` where the file is in use, damaged, not writable, or newer than this code.
 */
export async function openSqliteStore(path: string, options: SqliteStoreOptions = {}): Promise<Store> {
  const asker = await startAsker(path, options)
  const { ask } = asker
  const appends = groupCommit({
    async commit(drafts) {
      const outcomes: readonly Outcome[] = JSON.parse(await asker.append(JSON.stringify(drafts.map(pack))))
      return drafts.map((draft, index) =>
        answerOf(draft, outcomes[index] ?? { error: 'No outcome came back.' }),
      )
    },
    ...(options.onCommit && { onCommit: options.onCommit }),
  })
  return {
    epoch: asker.epoch,
    append: appends.append,
    eventsAfter: ask('eventsAfter'),
    rooms: {
      standing: ask('rooms.standing'),
      own: ask('rooms.own'),
      ownOne: ask('rooms.ownOne'),
      listed: ask('rooms.listed'),
      find: ask('rooms.find'),
      members: ask('rooms.members'),
      bans: ask('rooms.bans'),
      bannedFrom: ask('rooms.bannedFrom'),
      memberIds: ask('rooms.memberIds'),
      rosters: ask('rooms.rosters'),
      mentioned: ask('rooms.mentioned'),
    },
    invites: {
      create: ask('invites.create'),
      get: ask('invites.get'),
      list: ask('invites.list'),
      revoke: ask('invites.revoke'),
    },
    messages: {
      get: ask('messages.get'),
      memberOf: ask('messages.memberOf'),
      page: ask('messages.page'),
      recent: ask('messages.recent'),
      reactors: ask('messages.reactors'),
    },
    reads: { mark: ask('reads.mark') },
    users: {
      create: ask('users.create'),
      get: ask('users.get'),
      byLogin: ask('users.byLogin'),
      find: ask('users.find'),
      enroll: ask('users.enroll'),
      changePassword: ask('users.changePassword'),
      replaceHash: ask('users.replaceHash'),
      removeAs: ask('users.removeAs'),
      remove: ask('users.remove'),
    },
    guests: {
      see: ask('guests.see'),
      gone: ask('guests.gone'),
      rooms: ask('guests.rooms'),
      hold: ask('guests.hold'),
      release: ask('guests.release'),
    },
    sessions: {
      create: ask('sessions.create'),
      logIn: ask('sessions.logIn'),
      get: ask('sessions.get'),
      byRefresh: ask('sessions.byRefresh'),
      rotate: ask('sessions.rotate'),
      list: ask('sessions.list'),
      end: ask('sessions.end'),
      endAll: ask('sessions.endAll'),
    },
    check: asker.check,
    onFailure: asker.onFailure,
    async [Symbol.asyncDispose]() {
      await appends.idle()
      await asker.close()
    },
  }
}
