/** A new nonce: 128 random bits. `randomUUID` is missing on pages without TLS, this is not. */
export function makeNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
