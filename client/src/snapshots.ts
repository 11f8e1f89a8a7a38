type Listener = () => void

/** State as immutable snapshots; `subscribe` and `getSnapshot` are those of React's `useSyncExternalStore`. */
export interface Snapshots<T> {
  /** The state now: the same object as before while nothing has changed (SPEC CL8). */
  getSnapshot(): T
  /** Calls the listener after changes, once for all changes of a turn. Gives what ends it. */
  subscribe(listener: Listener): () => void
}

/** Builds snapshots when they are asked for and tells listeners in a microtask. */
export class SnapshotSource<T extends object> implements Snapshots<T> {
  readonly #build: () => T
  readonly #listeners = new Set<Listener>()
  #current: T | undefined
  #isStale = true
  #isTelling = false

  constructor(build: () => T) {
    this.#build = build
  }

  // Both are handed to React without their object.
  readonly getSnapshot = (): T => {
    if (this.#isStale || this.#current === undefined) {
      this.#current = steady(this.#current, this.#build())
      this.#isStale = false
    }
    return this.#current
  }

  readonly subscribe = (listener: Listener): (() => void) => {
    // The same function may listen twice.
    const own = () => listener()
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  /** Something that the snapshot tells has changed. */
  changed(): void {
    this.#isStale = true
    if (this.#isTelling || this.#listeners.size === 0) return
    this.#isTelling = true
    queueMicrotask(() => {
      this.#isTelling = false
      // Who begins to listen meanwhile hears the next change; who ends it hears nothing more.
      for (const listener of [...this.#listeners]) if (this.#listeners.has(listener)) callSafely(listener)
    })
  }
}

/** Calls what belongs to the application: its errors are its own and do not stop the client. */
export function callSafely(call: () => void): void {
  try {
    call()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}

/** The snapshot from before where the new one says the same. */
export function steady<T extends object>(before: T | undefined, after: T): T {
  if (before === undefined) return Object.freeze(after)
  for (const key in after) if (!Object.is(before[key], after[key])) return Object.freeze(after)
  return before
}
