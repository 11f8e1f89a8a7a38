import { type Failure, failure } from '@parlance/protocol/errors'
import type { Limits } from '@parlance/protocol/limits'
import type { User, UserId } from '@parlance/protocol/models'
import type { Logger } from 'pino'
import type { Broker } from '../ports/broker.ts'
import type { Clock } from '../ports/clock.ts'
import type { Presence } from '../ports/presence.ts'
import type { Appended, Store } from '../ports/store.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Passwords } from './passwords.ts'
import type { Rates } from './rates.ts'
import type { Standings } from './standings.ts'
import type { Tokens } from './tokens.ts'

/** All that the use-cases need: a plain record; they are functions over it. */
export interface Chat {
  readonly store: Store
  readonly broker: Broker
  readonly presence: Presence
  readonly clock: Clock
  readonly limits: Limits
  readonly rates: Rates
  readonly standings: Standings
  readonly tokens: Tokens
  readonly passwords: Passwords
  readonly metrics: Pick<Metrics, 'loginsFailed' | 'events'>
  readonly log: Logger
  /** How long a session lives without a refresh, in milliseconds. */
  readonly sessionLifeMs: number
  /** How long a guest who is not connected stays in its rooms, in milliseconds; 0: as long as its session. */
  readonly guestStayMs: number
}

/** Who asks. `claim` is a guest by a name that nobody checked; `anonymous` may only register and log in. */
export type Actor =
  | {
      readonly kind: 'user' | 'guest'
      readonly id: UserId
      readonly name: string
      readonly session: string
      readonly address: string
    }
  | { readonly kind: 'claim'; readonly id: null; readonly name: string; readonly address: string }
  | { readonly kind: 'anonymous'; readonly id: null; readonly name: ''; readonly address: string }

/** One who has a session: an account or a native guest. */
export type Known = Extract<Actor, { session: string }>

export interface Success<D> {
  readonly ok: true
  readonly data: D
}

export type Result<D> = Success<D> | Failure

export function success<D>(data: D): Success<D> {
  return { ok: true, data }
}

/** What the transaction refused, as it is answered. */
export function refused({ code, retryAfterMs }: Extract<Appended, { ok: false }>): Failure {
  return failure(code, undefined, retryAfterMs)
}

/** The actor as events name it. */
export function userOf(actor: Actor): User {
  return { id: actor.id, name: actor.name, kind: actor.kind === 'user' ? 'user' : 'guest' }
}
