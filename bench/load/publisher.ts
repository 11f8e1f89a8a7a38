import { maskedFrame } from './masked-frame.ts'
import { nowMicros, stampHole, stampText } from './stamp.ts'
import type { WireClient } from './wire-client.ts'

/** Says messages on one client; `template` is a frame's text with a stamp's hole in it, once or more. */
export class Publisher {
  readonly id: number
  readonly client: WireClient
  readonly #parts: readonly string[]
  said = 0

  constructor(id: number, client: WireClient, template: string) {
    this.id = id
    this.client = client
    this.#parts = template.split(stampHole)
  }

  /** So many messages in one write, as a client that pipelines them. No two of one publisher have the same stamp. */
  say(count: number): void {
    const frames: Buffer[] = []
    for (let i = 0; i < count; i += 1) {
      this.#last = Math.max(nowMicros(), this.#last + 1)
      const stamp = stampText(this.id, this.#last)
      frames.push(maskedFrame(1, Buffer.from(this.#parts.join(stamp), 'latin1')))
    }
    this.said += count
    this.client.write(frames.length === 1 && frames[0] !== undefined ? frames[0] : Buffer.concat(frames))
  }

  #last = 0
}
