import type { RoomId, Seq, UserId } from '@parlance/protocol/models'
import type { Signal } from '@parlance/protocol/signals'
import type { Logger } from 'pino'
import type { Broker, Publication } from '../ports/broker.ts'
import type { Store } from '../ports/store.ts'
import { Batch } from './batch.ts'
import type { Connection, Holder } from './connection.ts'
import { Feed, type Start } from './feed.ts'
import { NamedRooms } from './named.ts'

/** A user with connections on this node. */
interface Present {
  readonly connections: Set<Connection>
  /** Resolves when publications for the user reach this node. */
  readonly ready: Promise<void>
}

/** Who is listening on this node, and the way from a publication to their feeds. */
export class Hub {
  readonly batch = new Batch()
  readonly named: NamedRooms
  readonly connections = new Set<Connection>()
  readonly #feeds = new Map<RoomId, Feed>()
  readonly #users = new Map<UserId, Present>()
  readonly #store: Pick<Store, 'eventsAfter'>
  readonly #broker: Broker
  readonly #log: Logger
  /** Called when a user gets the first connection on this node, or loses the last; with the rooms it listened to. */
  onUser: (user: UserId, online: boolean, rooms: readonly RoomId[]) => void = () => {}
  /** Called when a connection has become live in a room. */
  onAttached: (connection: Connection, room: RoomId) => void = () => {}

  constructor(store: Pick<Store, 'eventsAfter'>, broker: Broker, log: Logger) {
    this.#store = store
    this.#broker = broker
    this.#log = log
    this.named = new NamedRooms(this.batch, broker)
  }

  /** Rooms with listeners. */
  get roomCount(): number {
    return this.#feeds.size + this.named.size
  }

  /** Users with connections. */
  get users(): IterableIterator<UserId> {
    return this.#users.keys()
  }

  /** The seq of the last event given to this node's listeners of the room, where there are any. */
  headOf(room: RoomId): Seq | undefined {
    return this.#feeds.get(room)?.head
  }

  /** How many connections of this node listen to the room. */
  listenerCount(room: RoomId): number {
    return this.#feeds.get(room)?.listenerCount ?? 0
  }

  connectionsOf(user: UserId): ReadonlySet<Connection> {
    return this.#users.get(user)?.connections ?? none
  }

  /**
   * Binds a connection to its user. What concerns the user is kept from here on, and heard after `release`:
   * so nothing is missed between the reading of a snapshot and its telling.
   */
  async identify(connection: Connection, holder: Holder): Promise<void> {
    // It may have closed while its token was looked at; nobody would remove it any more.
    if (connection.closed) return
    connection.holder = holder
    connection.held = []
    const { user } = holder
    let present = this.#users.get(user)
    if (present === undefined) {
      const ready = this.#broker.subscribe(`user:${user}`, (publication) => this.#toUser(user, publication))
      present = { connections: new Set(), ready }
      this.#users.set(user, present)
    }
    present.connections.add(connection)
    if (present.connections.size === 1) this.onUser(user, true, [])
    await present.ready
  }

  /** Lets a connection hear what concerned its user since `identify`, and from now on. */
  release(connection: Connection): void {
    const held = connection.held ?? []
    connection.held = undefined
    for (const publication of held) this.#concern(connection, publication)
  }

  /** Forgets a connection that has closed. */
  remove(connection: Connection): void {
    connection.closed = true
    this.connections.delete(connection)
    const rooms = [...connection.rooms]
    for (const room of rooms) this.detach(connection, room)
    const user = connection.holder?.user
    const present = user === undefined ? undefined : this.#users.get(user)
    if (user === undefined || present === undefined) return
    present.connections.delete(connection)
    if (present.connections.size > 0) return
    this.#users.delete(user)
    void this.#broker.unsubscribe(`user:${user}`)
    this.onUser(user, false, rooms)
  }

  /**
   * Attaches a connection to a room; see `Feed.attach`. Does nothing where it is attached already.
   * When the log cannot be read the connection is closed, to resume: better anew than missing something in silence.
   */
  async attach(connection: Connection, room: RoomId, start: Start): Promise<void> {
    if (connection.closed || connection.rooms.has(room)) return
    connection.rooms.add(room)
    let feed = this.#feeds.get(room)
    if (feed === undefined) {
      const ready = this.#broker.subscribe(`room:${room}`, (publication) => this.#toRoom(room, publication))
      feed = new Feed(room, this.#store, this.batch, this.#log, ready, {
        connectionsOf: (user) => this.connectionsOf(user),
        lose: (lost, reason) => this.#lose(lost, room, reason && { type: 'room.removed', room, reason }),
      })
      this.#feeds.set(room, feed)
    }
    try {
      await feed.attach(connection, start)
      if (!connection.closed && connection.rooms.has(room)) this.onAttached(connection, room)
    } catch (error) {
      this.#log.error(
        { err: error, room },
        'A room could not be followed: the connection is closed, to resume.',
      )
      connection.close(connection.endings.stateLost)
    } finally {
      this.#closeIfEmpty(feed)
    }
  }

  /** Silences a room on a connection at once. */
  detach(connection: Connection, room: RoomId): void {
    if (!connection.rooms.delete(room)) return
    const feed = this.#feeds.get(room)
    if (feed === undefined) return
    feed.detach(connection)
    this.#closeIfEmpty(feed)
  }

  /** The room is not this connection's any more. */
  #lose(connection: Connection, room: RoomId, signal?: Signal): void {
    this.detach(connection, room)
    if (signal !== undefined) connection.tell(signal)
    if (connection.endings.roomLeft !== undefined) connection.close(connection.endings.roomLeft)
  }

  #closeIfEmpty(feed: Feed): void {
    if (!feed.isEmpty || this.#feeds.get(feed.id) !== feed) return
    this.#feeds.delete(feed.id)
    void this.#broker.unsubscribe(`room:${feed.id}`)
  }

  #toRoom(room: RoomId, publication: Publication): void {
    const feed = this.#feeds.get(room)
    if (publication.kind === 'events') feed?.events(publication.events)
    else if (publication.kind === 'signal') feed?.give(publication.signal)
  }

  #toUser(user: UserId, publication: Publication): void {
    for (const connection of [...this.connectionsOf(user)]) {
      if (connection.held !== undefined && publication.kind !== 'sessions.ended')
        connection.held.push(publication)
      else this.#concern(connection, publication)
    }
  }

  /** The user has come to a room: a connection that follows them there listens from now on. */
  #follow(connection: Connection, added: Extract<Publication, { kind: 'attach' }>): void {
    const { followsUser } = connection.dialect
    const { room, after, joined, signal } = added
    if (followsUser === true) {
      connection.tell(signal)
      void this.attach(connection, room, { after })
    } else if (followsUser === 'listed') {
      const { visibility } = signal.summary
      const isListed = visibility === 'open' || visibility === 'public'
      if (isListed) void this.attach(connection, room, { after: joined === undefined ? after : joined - 1 })
    }
  }

  /** What concerns one user, on one of their connections. */
  #concern(connection: Connection, publication: Publication): void {
    switch (publication.kind) {
      case 'events':
      case 'line':
        break
      case 'signal':
        connection.tell(publication.signal)
        break
      case 'attach':
        if (connection.rooms.has(publication.room)) break
        this.#follow(connection, publication)
        break
      case 'detach':
        if (!connection.rooms.has(publication.room)) break
        this.#lose(connection, publication.room, publication.signal)
        break
      case 'sessions.ended': {
        const session = connection.holder?.session
        const { sessions, except } = publication
        const ended =
          sessions === null ? session !== except : session !== undefined && sessions.includes(session)
        // Rooms hear that an account is gone; that its connections are lost would say so twice.
        if (publication.gone === true) for (const room of [...connection.rooms]) this.detach(connection, room)
        if (ended) connection.close(connection.endings.sessionEnded)
        break
      }
    }
  }
}

const none: ReadonlySet<Connection> = new Set()
