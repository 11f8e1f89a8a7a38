import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** What joins the client's key to prove that this is a WebSocket server (RFC 6455 §1.3). */
const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const keyPattern = /^[+/0-9A-Za-z]{22}==$/
/** The name of a subprotocol (RFC 9110 §5.6.2). */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** The head of the answer that makes a WebSocket of this request, or the refusal of it. */
type Handshake =
  | { readonly head: string }
  | {
      readonly status: number
      readonly detail: string
      readonly headers?: Readonly<Record<string, string>>
    }

/** Looks at a client's opening handshake (RFC 6455 §4.2), with the one subprotocol that this server speaks. */
export function shakeHands({ method, headers }: IncomingMessage, subprotocol: string): Handshake {
  if (method !== 'GET') return { status: 405, detail: 'Method Not Allowed', headers: { Allow: 'GET' } }
  if (headers.upgrade?.toLowerCase() !== 'websocket') return { status: 400, detail: 'Invalid Upgrade header' }
  const key = headers['sec-websocket-key']
  if (key === undefined || !keyPattern.test(key))
    return { status: 400, detail: 'Missing or invalid Sec-WebSocket-Key header' }
  if (headers['sec-websocket-version'] !== '13') {
    const detail = 'Missing or invalid Sec-WebSocket-Version header'
    return { status: 426, detail, headers: { 'Sec-WebSocket-Version': '13' } }
  }
  const offered = headers['sec-websocket-protocol']?.split(',').map((name) => name.trim()) ?? []
  if (!offered.every((name) => token.test(name)) || new Set(offered).size < offered.length)
    return { status: 400, detail: 'Invalid Sec-WebSocket-Protocol header' }
  const lines = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${createHash('sha1').update(`${key}${guid}`).digest('base64')}`,
  ]
  if (offered.includes(subprotocol)) lines.push(`Sec-WebSocket-Protocol: ${subprotocol}`)
  return { head: `${lines.join('\r\n')}\r\n\r\n` }
}
