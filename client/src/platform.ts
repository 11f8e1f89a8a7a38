import { type Clock, systemClock } from './clock.ts'
import type { Fetch } from './http.ts'
import type { ClientOptions } from './options.ts'
import type { SocketConstructor } from './socket.ts'

/** What the client needs of the world. */
export interface Platform {
  readonly WebSocket: SocketConstructor
  readonly fetch: Fetch
  readonly clock: Clock
  readonly random: () => number
}

/** What the options give, and for the rest what the platform has. Throws a `TypeError` where it lacks something. */
export function platformOf(options: ClientOptions): Platform {
  const own = globalThis as { WebSocket?: SocketConstructor; fetch?: Fetch }
  return {
    WebSocket: needed('WebSocket', options.WebSocket ?? own.WebSocket),
    fetch: needed('fetch', options.fetch ?? own.fetch),
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  }
}

function needed<T>(name: string, value: T | undefined): T {
  if (value === undefined) throw new TypeError(`This platform has no ${name}: give one in the options.`)
  return value
}
