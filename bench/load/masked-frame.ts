const mask = Buffer.from([0x5a, 0xc3, 0x1e, 0x97])

/** A client's frame (RFC 6455 §5.2). The key is fixed: unpredictable ones are for clients behind proxies (§10.3). */
export function maskedFrame(opcode: number, payload: Buffer): Buffer {
  const length = payload.length
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(header + 4 + length)
  frame[0] = 0x80 | opcode
  frame[1] = 0x80 | (header === 2 ? length : header === 4 ? 126 : 127)
  if (header === 4) frame.writeUInt16BE(length, 2)
  if (header === 10) frame.writeBigUInt64BE(BigInt(length), 2)
  mask.copy(frame, header)
  for (let i = 0; i < length; i += 1) frame[header + 4 + i] = (payload[i] ?? 0) ^ (mask[i & 3] ?? 0)
  return frame
}
