import type { Broker, Topic } from '../ports/broker.ts'
import type { Line } from '../ports/notice.ts'
import { type Batch, Group } from './batch.ts'
import type { Connection, Ending } from './connection.ts'
import type { Dialect } from './dialect.ts'

interface NamedRoom {
  /** Kept, since every line is published under it. */
  readonly topic: Topic
  readonly groups: Map<Dialect, Group>
  size: number
  /** What was said here before this node hears the room; undefined from then on. */
  waiting: Line[] | undefined
}

const ended: Ending = { code: 1000, reason: '' }

/** Rooms by name that live in memory and vanish with their last client; they go through the same batch as all others. */
export class NamedRooms {
  readonly #rooms = new Map<string, NamedRoom>()
  readonly #batch: Batch
  readonly #broker: Broker

  constructor(batch: Batch, broker: Broker) {
    this.#batch = batch
    this.#broker = broker
  }

  get size(): number {
    return this.#rooms.size
  }

  /** Adds a connection, from the next line on. Gives how many this node has in the room now. */
  join(name: string, connection: Connection): number {
    let room = this.#rooms.get(name)
    if (room === undefined) {
      room = { topic: `named:${name}`, groups: new Map(), size: 0, waiting: [] }
      this.#rooms.set(name, room)
      void this.#listen(name, room)
    }
    this.#batch.flush()
    let group = room.groups.get(connection.dialect)
    if (group === undefined) {
      group = new Group(connection.dialect)
      room.groups.set(connection.dialect, group)
    }
    group.members.add(connection)
    connection.groups += 1
    room.size += 1
    return room.size
  }

  /** Removes a connection; the room goes with the last. Gives how many are left, undefined where it was not in it. */
  leave(name: string, connection: Connection): number | undefined {
    const room = this.#rooms.get(name)
    const group = room?.groups.get(connection.dialect)
    if (room === undefined || group?.members.has(connection) !== true) return undefined
    this.#batch.flush()
    group.members.delete(connection)
    connection.groups -= 1
    room.size -= 1
    if (room.size === 0) this.#forget(name)
    return room.size
  }

  /** Says something to everyone in the room, on every node; the speaker's own node hears it too, or it waits until then. */
  say(name: string, line: Line): void {
    const room = this.#rooms.get(name)
    if (room?.waiting === undefined)
      this.#broker.publish(room?.topic ?? `named:${name}`, { kind: 'line', line })
    else room.waiting.push(line)
  }

  /** What was said, as the broker brings it. */
  #receive(name: string, room: NamedRoom, line: Line): void {
    for (const group of room.groups.values()) {
      const text = group.dialect.encode(line)
      if (text !== undefined) this.#batch.add(group, text)
    }
    if (line.type === 'line.ended') this.#close(name, room, () => ended)
  }

  /** Subscribes, then says what waited. Where the broker cannot, the clients are closed, to try anew. */
  async #listen(name: string, room: NamedRoom): Promise<void> {
    try {
      await this.#broker.subscribe(room.topic, (publication) => {
        if (publication.kind === 'line') this.#receive(name, room, publication.line)
      })
    } catch {
      if (this.#rooms.get(name) === room) this.#close(name, room, ({ endings }) => endings.stateLost)
      return
    }
    const waiting = room.waiting ?? []
    room.waiting = undefined
    for (const line of waiting) this.say(name, line)
  }

  /** Ends the room at once: its name can be used again while the old clients still close. */
  #close(name: string, room: NamedRoom, endingOf: (member: Connection) => Ending): void {
    this.#batch.flush()
    this.#forget(name)
    for (const group of room.groups.values()) {
      for (const member of group.members) {
        member.groups -= 1
        member.close(endingOf(member))
      }
    }
  }

  #forget(name: string): void {
    this.#rooms.delete(name)
    void this.#broker.unsubscribe(`named:${name}`)
  }
}
