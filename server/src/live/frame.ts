/** Bytes of a server's frame header for a payload of this length (RFC 6455 §5.2: no mask). */
function headerLength(payload: number): number {
  return payload < 126 ? 2 : payload < 65_536 ? 4 : 10
}

/** FIN and opcode 1: one whole text message. */
const finText = 0x81

/**
 * All texts as WebSocket text frames in one buffer, which every receiver of them shares.
 * The order of the texts is the order on the wire.
 */
export function textFrames(texts: readonly string[]): Buffer {
  const lengths: number[] = []
  let total = 0
  for (const text of texts) {
    const length = Buffer.byteLength(text)
    lengths.push(length)
    total += headerLength(length) + length
  }
  const bytes = Buffer.allocUnsafeSlow(total)
  let offset = 0
  for (let i = 0; i < texts.length; i += 1) {
    const length = lengths[i] ?? 0
    bytes[offset] = finText
    if (length < 126) {
      bytes[offset + 1] = length
    } else if (length < 65_536) {
      bytes[offset + 1] = 126
      bytes.writeUInt16BE(length, offset + 2)
    } else {
      bytes[offset + 1] = 127
      bytes.writeBigUInt64BE(BigInt(length), offset + 2)
    }
    offset += headerLength(length)
    offset += bytes.write(texts[i] ?? '', offset, length, 'utf8')
  }
  return bytes
}
