import type { Event } from '@parlance/protocol/events'
import type { Signal } from '@parlance/protocol/signals'
import type { Listener, Reset } from './listener.ts'
import { callSafely } from './snapshots.ts'

/** All listeners as one. */
export class Listeners implements Required<Listener> {
  readonly #all = new Set<Listener>()

  /** Gives what ends it. */
  add(listener: Listener): () => void {
    // The same object may listen twice.
    const own: Listener = {
      event: (event) => listener.event?.(event),
      signal: (signal) => listener.signal?.(signal),
      reset: (reset) => listener.reset?.(reset),
    }
    this.#all.add(own)
    return () => void this.#all.delete(own)
  }

  event(event: Event): void {
    this.#tell((listener) => listener.event?.(event))
  }

  signal(signal: Signal): void {
    this.#tell((listener) => listener.signal?.(signal))
  }

  reset(reset: Reset): void {
    this.#tell((listener) => listener.reset?.(reset))
  }

  /** Tells those who listen now: not who begins meanwhile, nor who ends it. */
  #tell(tell: (listener: Listener) => void): void {
    for (const listener of [...this.#all]) if (this.#all.has(listener)) callSafely(() => tell(listener))
  }
}
