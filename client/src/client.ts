import type { Command, DataOf, InputOf } from '@parlance/protocol/commands'
import type { Account, OwnRoom, RoomId } from '@parlance/protocol/models'
import type { ConnectionState } from './connection-state.ts'
import type { Listener } from './listener.ts'
import { LiveClient } from './live-client.ts'
import type { ClientOptions } from './options.ts'
import type { Room } from './room.ts'
import type { Snapshots } from './snapshots.ts'

/** What the client knows; each room has a snapshot of its own. */
export interface ClientSnapshot {
  /** Whether what was kept over a reload is here: `account`, `rooms`, and what is on its way (SPEC CL13). */
  readonly isRestored: boolean
  readonly connection: ConnectionState
  /** Who is logged in, as far as is known. */
  readonly account: Account | null
  /** The rooms one belongs to, by id. */
  readonly rooms: readonly OwnRoom[]
  /** The server's limits by name, once it has told them. */
  readonly limits: Readonly<Record<string, number>>
}

/** Commands that `request` takes: all but those that have a function of their own, since they change the session. */
export type RequestCommand = Exclude<
  Command,
  {
    type: 'account.create' | 'guest.create' | 'session.create' | 'session.refresh' | 'session.end' | 'ping'
  }
>

/** A user of a Parlance server. Whatever fails, fails with a `ParlanceError` (SPEC CL12). */
export interface Client extends Snapshots<ClientSnapshot>, AsyncDisposable {
  /** Registers an account and logs in; what was connected, or signed out, connects again as that user. */
  register(input: Pick<InputOf<'account.create'>, 'name' | 'password' | 'email'>): Promise<Account>
  /** Logs in by name, or e-mail address, and password. */
  logIn(input: Pick<InputOf<'session.create'>, 'name' | 'password'>): Promise<Account>
  /** Becomes a guest, who may enter open rooms. */
  guest(input: Pick<InputOf<'guest.create'>, 'name'>): Promise<Account>
  /** Ends the session and forgets everything about it; throws where only this side could forget. */
  logOut(): Promise<void>
  /** Takes up what was kept over a reload, to show it before there is a connection; `connect` begins with it. */
  restore(): Promise<void>
  /**
   * Connects, and stays connected until `close`: resumes after every cut (SPEC CL1). Where it waits for the next
   * attempt, that is now, unless the server has said when to come back. Resolves with the first connection; rejects
   * where there will be none (`signed_out`, `refused`, `closed`).
   */
  connect(): Promise<void>
  /** Ends the connection; resolves when what is kept has been written. */
  close(): Promise<void>
  /**
   * Asks the server. What may be asked twice is asked again after a cut; else a cut is `connection_lost`. Without an
   * answer for 30 s it is `offline`. Who is signed out may ask `invite.get`, and nothing else: else `signed_out`.
   */
  request<const C extends RequestCommand>(command: C): Promise<DataOf<C['type']>>
  /**
   * Milliseconds since the epoch by the server's clock, by which all its times are meant; this machine's own clock, which
   * may be wrong, only until the server has first spoken.
   */
  serverNow(): number
  /** A room one belongs to; the same object for as long as one does. */
  room(id: RoomId): Room | undefined
  /** Listens to events, signals and resets. Gives what ends it. */
  listen(listener: Listener): () => void
}

/** Makes a client. It does nothing before it is asked to. */
export function createClient(options: ClientOptions): Client {
  return new LiveClient(options)
}
