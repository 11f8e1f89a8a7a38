import type { IncomingMessage } from 'node:http'
import { type BlockList, isIP } from 'node:net'

/** Who is at the other end of a request, as far as the socket and trusted proxies say. */
export interface Peer {
  readonly address: string
  /** The host that the client asked for, with its port where it is not the scheme's own. */
  readonly host: string
  /** Whether the client's connection is encrypted. */
  readonly secure: boolean
}

/** Reads the peer of a request; `X-Forwarded-*` counts only where the socket's other end is a trusted proxy. */
export function peerOf(request: IncomingMessage, trusted: BlockList): Peer {
  const { headers, socket } = request
  const address = plainAddress(socket.remoteAddress ?? '')
  const host = headers.host ?? ''
  const secure = 'encrypted' in socket && socket.encrypted === true
  if (!isTrusted(address, trusted)) return { address, host, secure }
  const proto = lastOf(headers['x-forwarded-proto'])
  return {
    address: clientAddress(address, headers['x-forwarded-for'], trusted),
    host: lastOf(headers['x-forwarded-host']) ?? host,
    secure: proto === undefined ? secure : proto.toLowerCase() === 'https',
  }
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
