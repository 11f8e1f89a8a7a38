import type { Cancel, Clock } from './clock.ts'

/** The server answers within this time, in milliseconds, or the connection is dead. */
const answerMs = 10_000
/** A timer that is late by more than this tells of a pause: of a sleep of the machine, say. */
const lateMs = 2_000

/** Asks at each interval whether the server is still there (SPEC CL6). */
export class Heartbeat {
  readonly #clock: Clock
  readonly #ping: () => void
  readonly #dead: () => void
  #intervalMs = 0
  #next: Cancel | undefined
  #deadline: Cancel | undefined

  /** `ping` sends a ping; `dead` is called when nothing answered it in time. */
  constructor(clock: Clock, ping: () => void, dead: () => void) {
    this.#clock = clock
    this.#ping = ping
    this.#dead = dead
  }

  /** Begins, with an interval in milliseconds. */
  start(intervalMs: number): void {
    this.stop()
    this.#intervalMs = intervalMs
    this.#wait()
  }

  /** Asks now, unless an answer is awaited already or it has not begun. */
  beat(): void {
    if (this.#intervalMs === 0 || this.#deadline !== undefined) return
    this.#next?.()
    this.#ask()
  }

  #ask(): void {
    const askedMs = this.#clock.monotonicMs()
    this.#deadline = this.#clock.after(answerMs, () => {
      // Nobody could be heard in a pause: it is asked again, and has its time from there (SPEC CL16).
      if (this.#clock.monotonicMs() - askedMs > answerMs + lateMs) {
        this.#ask()
        return
      }
      this.stop()
      this.#dead()
    })
    this.#ping()
  }

  /** The server has answered. */
  pong(): void {
    if (this.#deadline === undefined) return
    this.#deadline()
    this.#deadline = undefined
    this.#wait()
  }

  stop(): void {
    this.#next?.()
    this.#deadline?.()
    this.#next = undefined
    this.#deadline = undefined
    this.#intervalMs = 0
  }

  #wait(): void {
    this.#next = this.#clock.after(this.#intervalMs, () => this.beat())
  }
}
