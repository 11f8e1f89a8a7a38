import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { type BlockList, isIP } from 'node:net'

/** Who is at the other end of a request, as far as the socket and trusted proxies say. */
export interface Peer {
  readonly address: string
  /** The host that the client asked for, with its port where it is not the scheme's own. */
  readonly host: string
  /** Whether the client's connection is encrypted. */
  readonly secure: boolean
}

/** The headers by which a proxy tells for whom it asks; only the first three are read. */
const forwardingHeaders = ['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'forwarded'] as const

/**
 * Reads the peer of a request; `X-Forwarded-*` counts only where the socket's other end is a trusted proxy.
 * `isSecure`: all clients are known to come over TLS.
 */
export function peerOf(request: IncomingMessage, trusted: BlockList, isSecure = false): Peer {
  const { headers, socket } = request
  const address = plainAddress(socket.remoteAddress ?? '')
  const host = headers.host ?? ''
  const secure = isSecure || ('encrypted' in socket && socket.encrypted === true)
  if (!isTrusted(address, trusted)) return { address, host, secure }
  const proto = lastOf(headers['x-forwarded-proto'])
  return {
    address: clientAddress(address, headers['x-forwarded-for'], trusted),
    host: forwardedHost(headers) ?? host,
    // Some say of a WebSocket what its own scheme would be.
    secure: isSecure || proto === undefined ? secure : /^(?:https|wss)$/i.test(proto),
  }
}

/** The host that the nearest proxy says it was asked for, believed or not. */
export function forwardedHost(headers: IncomingHttpHeaders): string | undefined {
  return lastOf(headers['x-forwarded-host']) || undefined
}

/** The address of a proxy, trusted by nobody, that tells for whom it asks; undefined where there is none. */
export function unbelievedProxy(
  { headers, socket }: IncomingMessage,
  trusted: BlockList,
): string | undefined {
  if (!forwardingHeaders.some((name) => headers[name] !== undefined)) return undefined
  const address = plainAddress(socket.remoteAddress ?? '')
  return isTrusted(address, trusted) ? undefined : address
}

/** From the right, the first address that is no trusted proxy: what is left of it the client may have made up. */
function clientAddress(
  nearest: string,
  forwarded: string | string[] | undefined,
  trusted: BlockList,
): string {
  let client = nearest
  for (const item of String(forwarded ?? '')
    .split(',')
    .reverse()) {
    const address = plainAddress(item.trim())
    if (isIP(address) === 0) return client
    client = address
    if (!isTrusted(address, trusted)) return client
  }
  return client
}

function isTrusted(address: string, trusted: BlockList): boolean {
  const version = isIP(address)
  return version !== 0 && trusted.check(address, version === 4 ? 'ipv4' : 'ipv6')
}

/** IPv4 within IPv6 (RFC 4291 §2.5.5.2) as IPv4, so that an address has one spelling. */
function plainAddress(address: string): string {
  return /^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(address) ? address.slice(7) : address
}

function lastOf(header: string | string[] | undefined): string | undefined {
  return header === undefined ? undefined : String(header).split(',').at(-1)?.trim()
}
