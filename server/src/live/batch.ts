import type { Connection } from './connection.ts'
import type { Dialect } from './dialect.ts'
import { textFrames } from './frame.ts'

/** The connections in one room that speak one dialect, and what this turn of the event loop has for them. */
export class Group {
  readonly dialect: Dialect
  readonly members = new Set<Connection>()
  readonly texts: string[] = []
  /** Passing things, which slow readers miss. */
  readonly droppable: string[] = []

  constructor(dialect: Dialect) {
    this.dialect = dialect
  }
}

/**
 * One write per connection and turn of the event loop.
 *
 * Its law: what is added during a turn leaves at its end, each group's texts framed once into one buffer that all
 * members share; a connection that has several buffers gets them corked into one `writev`. Per connection the order
 * within a turn is: room texts in their order, then its own replies in theirs. Who enters or leaves a group does so
 * between two flushes of it (`settle`), so nobody gets what was said before or after their time.
 */
export class Batch {
  readonly #groups: Group[] = []
  readonly #connections: Connection[] = []
  readonly #corked: Connection[] = []
  #scheduled = false
  /** Frames handed to sockets so far, counted once per receiver. */
  deliveries = 0
  /** Connections closed since they did not read what they were sent. */
  slowCloses = 0

  readonly #run = (): void => {
    this.#scheduled = false
    this.flush()
  }

  add(group: Group, text: string, droppable = false): void {
    if (group.texts.length === 0 && group.droppable.length === 0) {
      this.#groups.push(group)
      this.#schedule()
    }
    if (droppable) group.droppable.push(text)
    else group.texts.push(text)
  }

  /** Queues a text for one connection alone. */
  send(connection: Connection, text: string): void {
    if (connection.replies === undefined) {
      connection.replies = [text]
      this.#connections.push(connection)
      this.#schedule()
    } else {
      connection.replies.push(text)
    }
  }

  /** Writes out everything that waits: before a change of who is in a group, and at the end of the turn. */
  flush(): void {
    for (const group of this.#groups) {
      if (group.droppable.length > 0) this.#write(group, group.droppable, true)
      if (group.texts.length > 0) this.#write(group, group.texts, false)
      group.texts.length = 0
      group.droppable.length = 0
    }
    this.#groups.length = 0
    for (const connection of this.#connections) {
      const texts = connection.replies
      connection.replies = undefined
      if (texts !== undefined) connection.write(textFrames(texts), texts, true)
    }
    this.#connections.length = 0
    for (const connection of this.#corked) connection.uncork()
    this.#corked.length = 0
  }

  #write(group: Group, texts: readonly string[], droppable: boolean): void {
    const { members } = group
    if (members.size === 0) return
    const frames = textFrames(texts)
    for (const member of members) {
      if (droppable && member.isCongested) continue
      if ((member.groups > 1 || member.replies !== undefined) && member.cork()) this.#corked.push(member)
      member.write(frames, texts, false)
    }
    this.deliveries += members.size * texts.length
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(this.#run)
  }
}
