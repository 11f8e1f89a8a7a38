/** Hears of each frame: `start` and `length` are those of the payload in `bytes`, good until it returns. */
export type OnFrame = (opcode: number, bytes: Buffer, start: number, length: number) => void

/** Bytes of the header of a server's frame (RFC 6455 §5.2, no mask) by its second byte. */
function headerLength(second: number): number {
  const short = second & 0x7f
  return short === 126 ? 4 : short === 127 ? 10 : 2
}

/**
 * Finds the frames in what a socket brings. Headers are read, payloads are not touched, and only a frame that is cut
 * by the end of a chunk is copied: reading must cost less than what is measured.
 */
export class FrameReader {
  readonly #onFrame: OnFrame
  /** The beginning of a frame that the last chunk cut. */
  #carried = Buffer.alloc(0)
  #carriedLength = 0

  constructor(onFrame: OnFrame) {
    this.#onFrame = onFrame
  }

  feed(bytes: Buffer, length: number): void {
    let at = this.#carriedLength > 0 ? this.#finishCarried(bytes, length) : 0
    while (at + 2 <= length) {
      const header = headerLength(bytes[at + 1] ?? 0)
      if (at + header > length) break
      const payload = payloadLength(bytes, at, header)
      if (at + header + payload > length) break
      this.#onFrame((bytes[at] ?? 0) & 0x0f, bytes, at + header, payload)
      at += header + payload
    }
    if (at < length) this.#carry(bytes, at, length)
  }

  /** Completes the frame that was cut; gives where the next one begins. */
  #finishCarried(bytes: Buffer, length: number): number {
    let at = this.#fill(bytes, 0, length, 2)
    if (this.#carriedLength < 2) return at
    const header = headerLength(this.#carried[1] ?? 0)
    at = this.#fill(bytes, at, length, header)
    if (this.#carriedLength < header) return at
    const payload = payloadLength(this.#carried, 0, header)
    at = this.#fill(bytes, at, length, header + payload)
    if (this.#carriedLength < header + payload) return at
    this.#carriedLength = 0
    this.#onFrame((this.#carried[0] ?? 0) & 0x0f, this.#carried, header, payload)
    return at
  }

  /** Copies until the carried frame has `wanted` bytes, or there are no more. */
  #fill(bytes: Buffer, from: number, length: number, wanted: number): number {
    const to = Math.min(length, from + Math.max(0, wanted - this.#carriedLength))
    this.#carry(bytes, from, to)
    return to
  }

  #carry(bytes: Buffer, from: number, to: number): void {
    const needed = this.#carriedLength + to - from
    if (needed > this.#carried.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#carried.length))
      this.#carried.copy(larger, 0, 0, this.#carriedLength)
      this.#carried = larger
    }
    bytes.copy(this.#carried, this.#carriedLength, from, to)
    this.#carriedLength = needed
  }
}

function payloadLength(bytes: Buffer, at: number, header: number): number {
  if (header === 2) return (bytes[at + 1] ?? 0) & 0x7f
  return header === 4 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
}
