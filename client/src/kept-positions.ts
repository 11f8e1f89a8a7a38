import type { Seq, UserId } from '@parlance/protocol/models'
import { keep, readKept, type Storage } from './storage.ts'

/** Where a user was in each room. */
export interface Positions {
  readonly user: UserId
  readonly epoch: string
  readonly rooms: Readonly<Record<string, Seq>>
}

const key = 'positions'

/**
 * The positions as they survive a reload: each event reaches the application once over reloads too (SPEC CL3).
 * They are written after the event was given; who crashes in between is given it again.
 */
export class KeptPositions {
  readonly #storage: Storage
  readonly #current: () => Positions | undefined
  #isStale = false
  #writing: Promise<void> | undefined

  constructor(storage: Storage, current: () => Positions | undefined) {
    this.#storage = storage
    this.#current = current
  }

  load(): Promise<Positions | undefined> {
    return readKept<Positions>(this.#storage, key)
  }

  changed(): void {
    this.#isStale = true
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined
    })
  }

  /** Resolves when everything so far has been written. */
  async flushed(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing
  }

  async #write(): Promise<void> {
    // All events of a turn in one.
    await Promise.resolve()
    while (this.#isStale) {
      this.#isStale = false
      const positions = this.#current()
      if (positions !== undefined) await keep(this.#storage, key, positions)
    }
  }
}
