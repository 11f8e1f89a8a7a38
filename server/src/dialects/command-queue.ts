/** Commands of one connection that may wait or be under way; beyond it the socket is not read (SPEC CO7). */
const maxOutstanding = 256

/** Where the commands come from. */
interface Source {
  pause(): void
  resume(): void
}

interface Task {
  readonly alone: boolean
  readonly run: () => Promise<void>
}

/**
 * Runs the commands of one connection so that each sees what those before it did (SPEC CO8).
 * Those that only append in order (plain sends) overlap, so that they share a commit; any other runs alone.
 */
export class CommandQueue {
  readonly #waiting: Task[] = []
  readonly #source: Source
  #running = 0
  #alone = false
  #paused = false
  readonly #idlers: (() => void)[] = []

  constructor(source: Source) {
    this.#source = source
  }

  get outstanding(): number {
    return this.#running + this.#waiting.length
  }

  /** Queues a command; `run` must not reject. `alone`: nothing else of this connection runs meanwhile. */
  add(alone: boolean, run: () => Promise<void>): void {
    this.#waiting.push({ alone, run })
    this.#next()
    if (!this.#paused && this.outstanding >= maxOutstanding) {
      this.#paused = true
      this.#source.pause()
    }
  }

  /** Resolves when everything queued so far is done. */
  async idle(): Promise<void> {
    if (this.outstanding > 0) await new Promise<void>((resolve) => this.#idlers.push(resolve))
  }

  #next(): void {
    for (;;) {
      const task = this.#waiting[0]
      if (task === undefined || this.#alone || (task.alone && this.#running > 0)) return
      this.#waiting.shift()
      this.#running += 1
      this.#alone = task.alone
      void task.run().then(() => this.#done())
    }
  }

  #done(): void {
    this.#running -= 1
    this.#alone = false
    this.#next()
    if (this.#paused && this.outstanding < maxOutstanding / 2) {
      this.#paused = false
      this.#source.resume()
    }
    if (this.outstanding === 0) for (const idler of this.#idlers.splice(0)) idler()
  }
}
