/** What a door calls when something arrives on a connection: the side of a dialect that listens. */
export interface Listener {
  /** One whole text frame. */
  text(text: string): void
  /** Resolves when all that was received has been done and answered; left out where it is done at once. */
  idle?(): Promise<void>
  /** The connection has closed, and what it had asked before is done; called once. */
  closed(): void
  /** The server is going away: says so, where the dialect has a word for it. */
  goodbye?(retryAfterMs: number): void
}
