import type { Step } from './wire-client.ts'

/** A socket of the load; with a template it publishes too. */
export interface SocketPlan {
  readonly path: string
  readonly steps: readonly Step[]
  /** The text of a message, with a stamp's hole in it, once or more. */
  readonly template?: string
  /** How the text begins by which a publisher knows its message done, where others hold its stamp too. */
  readonly own?: string
}
