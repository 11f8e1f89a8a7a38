import type { RoomId, UserId } from '@parlance/protocol/models'
import type { Cache, CacheSource, Kept, KeptRoom } from './cache.ts'
import type { Cancel } from './clock.ts'
import { keep, readKept, type Storage } from './storage.ts'

/** Rooms whose messages are kept: those opened last. */
const maxRooms = 30
/** Messages that are kept of each of them. */
const maxMessages = 100
/** Changes within this time are written together. */
const delayMs = 1_000
/** Of what is written. Another one is not read: 2 has reactions in the order of their first use. */
const format = 2

const indexKey = 'cache'
const slotKey = (number: number) => `cache.${number}`
const slotKeys = Array.from({ length: maxRooms }, (_, number) => slotKey(number))

/** Everything but messages. */
interface Index extends Kept {
  readonly format: typeof format
}

/** One room with its messages. It is whole by itself, so tabs that share a storage write over each other safely. */
interface Slot extends KeptRoom {
  readonly format: typeof format
  readonly user: UserId
  readonly epoch: string
  readonly openedAtMs: number
}

/** In which slot a room's messages are kept, and when it was opened last. */
interface Place {
  readonly number: number
  readonly openedAtMs: number
}

export interface RoomCacheOptions {
  /**
   * Events missed while nothing ran are given when it runs again, however many and of every room: for bots. Else only
   * rooms with kept messages catch up, and only with so much as a person would scroll.
   */
  readonly givesMissed?: boolean
}

/**
 * A cache for one client: account, rooms, and the newest messages of the rooms opened last show at once after a
 * reload, offline too (SPEC CL13). The storage may be the client's own.
 */
export function roomCache(storage: Storage, { givesMissed = false }: RoomCacheOptions = {}): Cache {
  return new RoomCache(storage, givesMissed)
}

class RoomCache implements Cache {
  readonly givesMissed: boolean
  readonly #storage: Storage
  #source: CacheSource | undefined
  /** By room, the one opened longest ago first. */
  readonly #places = new Map<RoomId, Place>()
  #isStale = false
  readonly #staleRooms = new Set<RoomId>()
  #timer: Cancel | undefined
  #writing: Promise<void> | undefined

  constructor(storage: Storage, givesMissed: boolean) {
    this.#storage = storage
    this.givesMissed = givesMissed
  }

  async load(source: CacheSource): Promise<Kept | undefined> {
    this.#source = source
    try {
      return await this.#read()
    } catch {
      // What cannot be made out is as good as none.
      return undefined
    }
  }

  async #read(): Promise<Kept | undefined> {
    const read = <T>(key: string) => readKept<T>(this.#storage, key)
    const [index, ...slots] = await Promise.all([read<Index>(indexKey), ...slotKeys.map(read<Slot>)])
    if (index?.format !== format) return undefined
    const { id: user } = index.account
    const rooms = new Map<RoomId, KeptRoom>(index.rooms.map((room) => [room.summary.id, room]))
    const own = slots
      .map((slot, number) => ({ slot, number }))
      .sort((a, b) => (a.slot?.openedAtMs ?? 0) - (b.slot?.openedAtMs ?? 0))
    for (const { slot, number } of own) {
      if (slot?.format !== format || slot.user !== user || slot.epoch !== index.epoch) continue
      const { summary, position, tail, openedAtMs } = slot
      const known = rooms.get(summary.id)
      if (known === undefined || tail === undefined) continue
      if (known.tail !== undefined && known.position >= position) continue
      const newer = known.summary.head >= summary.head ? known.summary : summary
      rooms.set(summary.id, { summary: newer, position, tail })
      this.#places.set(summary.id, { number, openedAtMs })
    }
    return { ...index, rooms: [...rooms.values()] }
  }

  changed(room?: RoomId): void {
    this.#isStale = true
    if (room !== undefined && this.#places.has(room)) this.#staleRooms.add(room)
    this.#timer ??= this.#source?.clock.after(delayMs, () => void this.flush())
  }

  opened(room: RoomId): void {
    const number = this.#places.get(room)?.number ?? this.#makePlace()
    // The newest goes last.
    this.#places.delete(room)
    this.#places.set(room, { number, openedAtMs: this.#source?.clock.now() ?? 0 })
    this.changed(room)
  }

  keeps(room: RoomId): number {
    return this.#places.has(room) ? maxMessages : 0
  }

  async flush(): Promise<void> {
    this.#timer?.()
    this.#timer = undefined
    while (this.#writing !== undefined) await this.#writing
    // A page that is going away gets no later turn: what is written is handed over in this one.
    if (this.#isStale) await this.#run(this.#write())
  }

  async forget(user: UserId): Promise<void> {
    this.#timer?.()
    this.#timer = undefined
    this.#isStale = false
    this.#staleRooms.clear()
    this.#places.clear()
    while (this.#writing !== undefined) await this.#writing
    await this.#run(this.#wipe(user))
  }

  /** Work that others wait for. */
  #run(work: Promise<unknown>): Promise<void> {
    const writing = work.then(() => {
      this.#writing = undefined
    })
    this.#writing = writing
    return writing
  }

  #write(): Promise<unknown> {
    const rooms = [...this.#staleRooms]
    this.#isStale = false
    this.#staleRooms.clear()
    const state = this.#source?.state()
    if (state === undefined) return Promise.resolve()
    const { epoch, account } = state
    const index: Index = { ...state, format }
    const writes = [keep(this.#storage, indexKey, index)]
    for (const id of rooms) {
      const place = this.#places.get(id)
      const room = this.#source?.room(id, maxMessages)
      if (place === undefined) continue
      const { number, openedAtMs } = place
      if (room === undefined) this.#places.delete(id)
      const slot: Slot | undefined = room?.tail && { ...room, format, user: account.id, epoch, openedAtMs }
      writes.push(keep(this.#storage, slotKey(number), slot))
    }
    return Promise.all(writes)
  }

  /** Somebody else may have logged in by another tab since: theirs stays. */
  async #wipe(user: UserId): Promise<void> {
    const index = await readKept<Partial<Index>>(this.#storage, indexKey)
    if (index?.account?.id === user) await keep(this.#storage, indexKey, undefined)
    await Promise.all(
      slotKeys.map(async (key) => {
        const slot = await readKept<Slot>(this.#storage, key)
        if (slot?.user === user) await keep(this.#storage, key, undefined)
      }),
    )
  }

  /** The number of a free slot; the room opened longest ago goes where there is none. */
  #makePlace(): number {
    const [oldest] = this.#places.keys()
    if (oldest !== undefined && this.#places.size >= maxRooms) {
      this.#places.delete(oldest)
      this.#source?.dropped(oldest)
    }
    const taken = new Set([...this.#places.values()].map(({ number }) => number))
    return slotKeys.findIndex((_, number) => !taken.has(number))
  }
}
