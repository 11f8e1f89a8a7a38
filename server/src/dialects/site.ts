import type { IncomingHttpHeaders } from 'node:http'
import type { Logger } from 'pino'
import { originOf } from './origin.ts'
import { forwardedHost, type Peer } from './peer.ts'

/** PUBLIC_URL, taken apart. */
export interface PublicUrl {
  /** As written, without a slash at the end: `https://example.com/chat`. */
  readonly href: string
  readonly origin: string
  /** `/chat`; empty where the server is seen at the root. */
  readonly path: string
}

export interface SiteOptions {
  readonly publicUrl?: PublicUrl | undefined
  /** In their one spelling. */
  readonly allowedOrigins: readonly string[]
}

/** Milliseconds within which the same refusal is told once, and how many refusals are remembered for that. */
const quietMs = 60_000
const mostRefusals = 100

/** Where this server is seen, and so which origins its cookies and sockets are for (SPEC AC13). */
export class Site {
  readonly publicUrl: PublicUrl | undefined
  readonly #allowed: ReadonlySet<string>
  readonly #log: Logger
  readonly #nowMs: () => number
  /** When each pair of origins was told last, oldest first. */
  readonly #told = new Map<string, number>()

  /** `nowMs` is a clock that never jumps. */
  constructor({ publicUrl, allowedOrigins }: SiteOptions, log: Logger, nowMs = () => performance.now()) {
    this.publicUrl = publicUrl
    this.#allowed = new Set(allowedOrigins)
    this.#log = log
    this.#nowMs = nowMs
  }

  /** What stands before every path of the server where browsers see it: `/chat`, or nothing. */
  get path(): string {
    return this.publicUrl?.path ?? ''
  }

  /** Whether it is seen over TLS, whoever ends that. */
  get isSecure(): boolean {
    return this.publicUrl?.origin.startsWith('https:') === true
  }

  /** Whether some page of another site may use the API. */
  get hasAllowed(): boolean {
    return this.#allowed.size > 0
  }

  /** Whether it is an origin of ALLOWED_ORIGINS. */
  allows(origin: string | undefined): boolean {
    const known = origin === undefined ? undefined : originOf(origin)
    return known !== undefined && this.#allowed.has(known)
  }

  /**
   * Whether a request comes from the server's own pages (as PUBLIC_URL has them, or as the request's own host) or from
   * an allowed origin. Without TLS that is known of, somebody in front may have ended it: either scheme is right.
   */
  isRight(origin: string | undefined, { host, secure }: Peer): boolean {
    const known = origin === undefined ? undefined : originOf(origin)
    if (known === undefined) return false
    if (known === this.publicUrl?.origin || this.#allowed.has(known)) return true
    const scheme = known.slice(0, known.indexOf(':'))
    return (scheme === 'https' || !secure) && known === originOf(`${scheme}://${host}`)
  }

  /** Tells the operator of a refused origin, with the setting that mends it (SPEC AC33). */
  refused(headers: IncomingHttpHeaders, peer: Peer): void {
    const origin = (originOf(headers.origin ?? '') ?? headers.origin ?? 'none').slice(0, 200)
    const expected =
      this.publicUrl?.origin ?? `${peer.secure ? 'https' : 'http'}://${peer.host}`.slice(0, 200)
    if (!this.#isNews(`${origin} ${expected}`)) return
    this.#log.warn(
      { origin, expected },
      `A request was refused for its origin. ${this.#remedy(headers, peer, origin)}`,
    )
  }

  #isNews(pair: string): boolean {
    const now = this.#nowMs()
    const told = this.#told.get(pair)
    if (told !== undefined && now - told < quietMs) return false
    this.#told.delete(pair)
    const [oldest] = this.#told
    if (oldest !== undefined && this.#told.size >= mostRefusals) {
      // As many in a minute are no mistake of a setting.
      if (now - oldest[1] < quietMs) return false
      this.#told.delete(oldest[0])
    }
    this.#told.set(pair, now)
    return true
  }

  #remedy(headers: IncomingHttpHeaders, peer: Peer, origin: string): string {
    const known = originOf(origin)
    if (known === undefined)
      return 'A browser tells the page it comes from: see that no proxy takes the header Origin away.'
    const forwarded = forwardedHost(headers)
    const isUnbelieved = forwarded !== undefined && forwarded !== peer.host
    if (isUnbelieved && known === originOf(`${known.slice(0, known.indexOf(':'))}://${forwarded}`)) {
      return `If ${peer.address} is your proxy, believe what it forwards: TRUSTED_PROXIES=${peer.address}`
    }
    const other = `if its pages are another site's that may use this server, add it to ALLOWED_ORIGINS`
    return this.publicUrl === undefined
      ? `If people see this server there, set PUBLIC_URL=${known}; ${other}.`
      : `If people see this server there, mend PUBLIC_URL; ${other}.`
  }
}
