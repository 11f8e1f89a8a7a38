/** Bytes of a server's frame header for a payload of this length (RFC 6455 §5.2: no mask). */
function headerLength(payload: number): number {
  return payload < 126 ? 2 : payload < 65_536 ? 4 : 10
}

/** The longest header, and the bytes that UTF-8 has for a code unit at most. */
const [maxHeader, maxUnit] = [10, 3]

/** FIN and opcode 1: one whole text message. */
const finText = 0x81

/** Where the frames of a turn are written before their length is known. */
const draft = Buffer.allocUnsafeSlow(65_536)

/**
 * All texts as WebSocket text frames in one buffer, which every receiver of them shares.
 * The order of the texts is the order on the wire.
 */
export function textFrames(texts: readonly string[]): Buffer {
  let most = 0
  for (const text of texts) most += maxHeader + maxUnit * text.length
  const bytes = most <= draft.length ? draft : Buffer.allocUnsafeSlow(most)
  let end = 0
  for (const text of texts) end = putFrame(bytes, end, text)
  const frames = Buffer.allocUnsafeSlow(end)
  bytes.copy(frames, 0, 0, end)
  return frames
}

/** Gives where the frame ends. Its text is written first, as if it were ASCII: measuring it before costs more. */
function putFrame(bytes: Buffer, at: number, text: string): number {
  const expected = headerLength(text.length)
  const length = bytes.write(text, at + expected)
  const header = headerLength(length)
  if (header !== expected) bytes.copyWithin(at + header, at + expected, at + expected + length)
  bytes[at] = finText
  if (length < 126) {
    bytes[at + 1] = length
  } else if (length < 65_536) {
    bytes[at + 1] = 126
    bytes.writeUInt16BE(length, at + 2)
  } else {
    bytes[at + 1] = 127
    bytes.writeBigUInt64BE(BigInt(length), at + 2)
  }
  return at + header + length
}
