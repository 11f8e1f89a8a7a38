import type { Client } from '@parlance/client'

let client: Pick<Client, 'serverNow'> | undefined

/** From here on the time is that of this client's server. */
export function goBy(of: Pick<Client, 'serverNow'>): void {
  client = of
}

/**
 * Milliseconds since the epoch by the server's clock: whatever is compared with a time of the server is compared with
 * this one, since the browser's clock may be wrong or be set (SPEC CL16). A test keeps `Date.now` out of all other code.
 */
export function serverNow(): number {
  return client?.serverNow() ?? Date.now()
}

/** The same as a date, for what is shown in the local day and hour. */
export function serverDate(): Date {
  return new Date(serverNow())
}
