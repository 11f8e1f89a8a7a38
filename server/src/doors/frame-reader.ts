import { isUtf8 } from 'node:buffer'
import { protocolLimits } from '@parlance/protocol/limits'

/** Hears what a client says on a WebSocket, in its order. */
export interface FrameListener {
  text(text: string): void
  binary(): void
  ping(payload: Buffer): void
  pong(): void
  /** The client's close frame, the last thing it says; the code is undefined where it gave none. */
  bye(code: number | undefined, reason: string): void
  /** What came is no frame or too much: nothing more is read. `code`: to close with (RFC 6455 §7.4.1). */
  broken(code: number): void
}

/** A message whose last fragment has not come. */
interface Begun {
  readonly opcode: number
  readonly fragments: Buffer[]
  bytes: number
}

const [continuation, text, binary, close, ping, pong] = [0x0, 0x1, 0x2, 0x8, 0x9, 0xa]
const [protocolError, notUtf8, tooManyFragments, tooBig] = [1002, 1007, 1008, 1009]

/**
 * Reads the frames of one client (RFC 6455 §5), masked and uncompressed, out of the chunks of its socket.
 *
 * Its law: it says what `ws`'s receiver says of the same bytes, wherever they are cut. Chunks are unmasked in place,
 * and only a frame that has not come whole is copied: nothing else outlives its chunk.
 */
export class FrameReader {
  readonly #listener: FrameListener
  /** The beginning of a frame, with room behind it. */
  #kept: Buffer | undefined
  #keptBytes = 0
  #begun: Begun | undefined
  #isOver = false

  constructor(listener: FrameListener) {
    this.#listener = listener
  }

  read(chunk: Buffer): void {
    const bytes = this.#kept === undefined ? chunk : this.#join(this.#kept, chunk)
    let at = 0
    while (!this.#isOver) {
      const next = this.#frame(bytes, at)
      if (next === at) break
      at = next
    }
    this.#keep(bytes, at)
  }

  /** Appends to what was kept; room is doubled, so that a frame in many small chunks is not copied for each. */
  #join(kept: Buffer, chunk: Buffer): Buffer {
    const total = this.#keptBytes + chunk.length
    let joined = kept
    if (total > kept.length) {
      joined = Buffer.allocUnsafeSlow(Math.max(total, 2 * kept.length))
      kept.copy(joined, 0, 0, this.#keptBytes)
    }
    chunk.copy(joined, this.#keptBytes)
    this.#kept = joined
    this.#keptBytes = total
    return joined.subarray(0, total)
  }

  #keep(bytes: Buffer, from: number): void {
    if (this.#isOver || from === bytes.length) {
      this.#kept = undefined
      this.#keptBytes = 0
    } else if (from > 0 || this.#kept === undefined) {
      this.#kept = Buffer.allocUnsafeSlow(bytes.length - from)
      this.#keptBytes = bytes.copy(this.#kept, 0, from)
    }
  }

  /** Reads the frame that begins here and gives where the next one does; the same place where it has not come whole. */
  #frame(bytes: Buffer, at: number): number {
    if (bytes.length - at < 2) return at
    const first = bytes[at] ?? 0
    const second = bytes[at + 1] ?? 0
    let length = second & 0x7f
    const opcode = first & 0x0f
    if (!this.#isAllowed(first, second, opcode, length)) return this.#break(protocolError, at)
    let start = at + 6
    if (length === 126) {
      if (bytes.length - at < 4) return at
      length = bytes.readUInt16BE(at + 2)
      start += 2
    } else if (length === 127) {
      if (bytes.length - at < 10) return at
      length = bytes.readUInt32BE(at + 2) * 2 ** 32 + bytes.readUInt32BE(at + 6)
      start += 8
    }
    if (opcode < close && (this.#begun?.bytes ?? 0) + length > protocolLimits.frameBytes)
      return this.#break(tooBig, at)
    const end = start + length
    if (end > bytes.length) return at
    const isAscii = unmask(bytes, start, end)
    if (first === (0x80 | text)) this.#text(bytes, start, end, isAscii)
    else if (opcode < close) this.#fragment(bytes.subarray(start, end), opcode, first >= 0x80)
    else this.#control(bytes.subarray(start, end), opcode)
    return end
  }

  /** Whether such a frame may come now: its bits, its opcode, its mask, and the length of a control frame (§5.2, §5.5). */
  #isAllowed(first: number, second: number, opcode: number, length: number): boolean {
    if ((first & 0x70) !== 0 || second < 0x80) return false
    switch (opcode) {
      case continuation:
        return this.#begun !== undefined
      case text:
      case binary:
        return this.#begun === undefined
      case close:
        return first >= 0x80 && length < 126 && length !== 1
      case ping:
      case pong:
        return first >= 0x80 && length < 126
      default:
        return false
    }
  }

  #text(bytes: Buffer, start: number, end: number, isAscii: boolean): void {
    if (isAscii) this.#listener.text(bytes.toString('latin1', start, end))
    else if (isUtf8(bytes.subarray(start, end))) this.#listener.text(bytes.toString('utf8', start, end))
    else this.#break(notUtf8, start)
  }

  #fragment(payload: Buffer, opcode: number, isLast: boolean): void {
    this.#begun ??= { opcode, fragments: [], bytes: 0 }
    const begun = this.#begun
    if (begun.fragments.length === protocolLimits.fragments) {
      this.#break(tooManyFragments, 0)
      return
    }
    begun.bytes += payload.length
    // A copy: a small fragment would keep its whole chunk.
    begun.fragments.push(isLast ? payload : Buffer.from(payload))
    if (!isLast) return
    this.#begun = undefined
    if (begun.opcode === binary) this.#listener.binary()
    else this.#text(Buffer.concat(begun.fragments), 0, begun.bytes, false)
  }

  #control(payload: Buffer, opcode: number): void {
    if (opcode === ping) this.#listener.ping(payload)
    else if (opcode === pong) this.#listener.pong()
    else if (payload.length === 0) this.#end(undefined, '')
    else if (!isCloseCode(payload.readUInt16BE(0))) this.#break(protocolError, 0)
    else if (!isUtf8(payload.subarray(2))) this.#break(notUtf8, 0)
    else this.#end(payload.readUInt16BE(0), payload.toString('utf8', 2))
  }

  #end(code: number | undefined, reason: string): void {
    this.#isOver = true
    this.#listener.bye(code, reason)
  }

  #break(code: number, at: number): number {
    this.#isOver = true
    this.#listener.broken(code)
    return at
  }
}

/** Unmasks a payload in place with the four bytes before it (§5.3); whether it is all ASCII. */
function unmask(bytes: Buffer, start: number, end: number): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = [
    bytes[start - 4],
    bytes[start - 3],
    bytes[start - 2],
    bytes[start - 1],
  ]
  let all = 0
  let at = start
  for (; at + 3 < end; at += 4) {
    const w = (bytes[at] ?? 0) ^ a
    const x = (bytes[at + 1] ?? 0) ^ b
    const y = (bytes[at + 2] ?? 0) ^ c
    const z = (bytes[at + 3] ?? 0) ^ d
    bytes[at] = w
    bytes[at + 1] = x
    bytes[at + 2] = y
    bytes[at + 3] = z
    all |= w | x | y | z
  }
  for (let from = start - 4; at < end; at += 1) {
    const byte = (bytes[at] ?? 0) ^ (bytes[from + ((at - start) & 3)] ?? 0)
    bytes[at] = byte
    all |= byte
  }
  return all < 0x80
}

/** Whether a close frame may carry this code (§7.4). */
function isCloseCode(code: number): boolean {
  return (
    (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code <= 4999)
  )
}
