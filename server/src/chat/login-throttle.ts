import { type Failure, failure } from '@parlance/protocol/errors'
import { nameKey } from '@parlance/protocol/names'
import type { UserRow } from '../ports/store.ts'
import type { Actor, Chat } from './chat.ts'
import { networkOf } from './rates.ts'
import { storable } from './storable.ts'

const perMs = 60_000
/** Wrong log-ins from one address into any accounts, for each into one that is allowed. */
const perAddress = 4
/** Wrong log-ins into one account from all addresses together, for each from one that is allowed. */
const perAccount = 20
/** Characters of a name that nobody has by which its log-ins are counted: as many as an e-mail address has. */
const countedLength = 320

/** An attempt that has been counted, and whose account it is after, where there is one. */
export interface Attempt {
  readonly user: UserRow | undefined
  /** It was right: it does not count after all. */
  right(): void
}

/**
 * Counts an attempt to log in before anything is hashed (SPEC AC7): by address, by account and address, and by account,
 * by whichever of its names it is meant. What others do wrong elsewhere keeps nobody out of their account where they
 * are logged in from already (AC25).
 */
export async function countLogin(chat: Chat, { address }: Actor, name: string): Promise<Attempt | Failure> {
  const rate = chat.limits.loginsPerMinute
  const network = networkOf(address)
  const taken: string[] = []
  const take = (key: string, most: number): number => {
    const waitMs = chat.rates.take(key, most, perMs)
    if (waitMs === 0) taken.push(key)
    return waitMs
  }
  const addressMs = take(`login-from:${network}`, rate * perAddress)
  if (addressMs > 0) return tooMany(addressMs)
  const user = await chat.store.users.byLogin(storable(name))
  const account = user?.id ?? `nobody:${nameKey(name).slice(0, countedLength)}`
  const hereMs = take(`login:${account}:${network}`, rate)
  if (hereMs > 0) return tooMany(hereMs)
  const anywhereMs = take(`login:${account}`, rate * perAccount)
  if (anywhereMs > 0 && !(await isLoggedInFrom(chat, user, network))) return tooMany(anywhereMs)
  return {
    user,
    right() {
      for (const key of taken) chat.rates.giveBack(key)
    },
  }
}

function tooMany(waitMs: number): Failure {
  return failure('rate_limited', 'Too many log-ins. Try again later.', waitMs)
}

/** Whether a session of the account was opened from this network and stands. */
async function isLoggedInFrom(chat: Chat, user: UserRow | undefined, network: string): Promise<boolean> {
  if (user === undefined) return false
  const sessions = await chat.store.sessions.list(user.id, chat.clock.timestamp())
  return sessions.some(({ address }) => address !== null && networkOf(address) === network)
}
