/**
 * A new nonce: the time in milliseconds and 80 random bits, as a UUID of version 7 has them (RFC 9562 §5.7), so that
 * those of one moment lie together in the server's index. `randomUUID` is missing on pages without TLS, this is not.
 */
export function makeNonce(): string {
  const random = Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => hex(byte, 2))
  return hex(Date.now(), 12) + random.join('')
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}
