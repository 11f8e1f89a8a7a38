/** What carries the frames of one connection: a WebSocket's own socket, or a Socket.IO session over its transport. */
export interface Wire {
  /** Bytes that wait to leave. */
  readonly queuedBytes: number
  /** Bytes that were read of what the client sent. */
  readonly readBytes: number
  /** Takes the texts of one turn. `frames`: the same as WebSocket frames, in one buffer that all receivers share. */
  write(frames: Buffer, texts: readonly string[]): void
  cork(): void
  uncork(): void
  /** Stops the reading of what the client sends; `resume` starts it again. */
  pause(): void
  resume(): void
  /** Asks whether the peer is there. Left out where the wire sees to that by itself. */
  ping?(): void
  /** Resolves when the queue has shrunk, or the wire is closed. */
  progress(): Promise<void>
  /**
   * Ends it in order: what was written leaves first, for which a peer that does not read has `lingerMs`. Then it is
   * destroyed.
   */
  close(code: number, reason: string, lingerMs?: number | undefined): void
  /** Ends it at once. */
  destroy(): void
}
