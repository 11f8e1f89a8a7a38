import type { Account, Message, OwnRoom, RoomId, Seq, UserId } from '@parlance/protocol/models'
import type { Clock } from './clock.ts'

/** The newest messages of a room: every one from the seq `from` to the room's position. */
export interface Tail {
  readonly from: Seq
  readonly messages: readonly Message[]
}

/** A room as it was. Its tail is as of its position, so that the log goes on from there. */
export interface KeptRoom {
  readonly summary: OwnRoom
  readonly position: Seq
  readonly tail?: Tail
}

/** What a client knew. */
export interface Kept {
  readonly account: Account
  readonly epoch: string
  readonly limits: Readonly<Record<string, number>>
  readonly rooms: readonly KeptRoom[]
}

/** The client, as its cache asks it. */
export interface CacheSource {
  readonly clock: Clock
  /** What there is to keep, without tails; undefined where nobody is known. */
  state(): Kept | undefined
  /** One room with at most so many messages; undefined where one does not belong to it. */
  room(id: RoomId, messages: number): KeptRoom | undefined
  /** The room's messages are not kept any more. */
  dropped(id: RoomId): void
}

/** Keeps over reloads what one client knows (SPEC CL13); `roomCache` makes one. */
export interface Cache {
  /** Whether all events that were missed while nothing ran are given to the listeners, however many. */
  readonly givesMissed: boolean
  /** Begins. Resolves with what was kept; undefined where there is nothing. */
  load(source: CacheSource): Promise<Kept | undefined>
  /** Something of this room has changed, or of the whole: it is written soon. */
  changed(room?: RoomId): void
  /** The application looks at this room: its messages are worth keeping. */
  opened(room: RoomId): void
  /** How many messages it keeps of this room. */
  keeps(room: RoomId): number
  /** Writes now. Resolves when everything so far has been written. */
  flush(): Promise<void>
  /** Wipes what it has of this user (SPEC CL15). */
  forget(user: UserId): Promise<void>
}
