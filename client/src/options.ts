import type { Cache } from './cache.ts'
import type { Clock } from './clock.ts'
import type { Fetch } from './http.ts'
import type { Credentials } from './session.ts'
import type { SocketConstructor } from './socket.ts'
import type { Storage } from './storage.ts'

/** How a client is made. Only `url` is needed; what proves who one is, is in `Credentials`. */
export interface ClientOptions extends Credentials {
  /** Of the server: `https://chat.example.com`, or under a path: `https://example.com/chat`. */
  readonly url: string
  /** What the client calls itself, for the session list. */
  readonly name?: string
  /** Keeps the log-in and the outbox over reloads. One storage belongs to one server. */
  readonly storage?: Storage
  /** Of this client alone. Keeps account, rooms and newest messages over reloads: `roomCache` of `@parlance/client/cache`. */
  readonly cache?: Cache
  /** Instead of the platform's own. */
  readonly WebSocket?: SocketConstructor
  readonly fetch?: Fetch
  readonly clock?: Clock
  /** From 0 to below 1. */
  readonly random?: () => number
}
