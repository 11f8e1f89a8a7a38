import type { Grant } from '@parlance/protocol/commands'
import type { Account, UserId } from '@parlance/protocol/models'
import type { Clock } from './clock.ts'
import { asParlanceError, ParlanceError, type ParlanceErrorCode } from './errors.ts'
import { callHttp, type Fetch, type HttpCommand } from './http.ts'
import { withLock } from './lock.ts'
import type { ServerTime } from './server-time.ts'
import { keep, readKept, type Storage } from './storage.ts'

/** A pair of tokens, as a log-in gives it. */
export type Tokens = Required<Pick<Grant, 'token' | 'refreshToken' | 'expiresAt'>>

/** Where the token comes from, when nobody logs in through the client. */
export interface Credentials {
  /** A token that is renewed elsewhere; a function is asked again when the server refuses the last one. */
  readonly token?: string | (() => string | Promise<string>)
  /** A pair to begin with; the pair in the storage is newer and comes before it. */
  readonly tokens?: Tokens
  /** The session is in an HttpOnly cookie of the page's own origin, out of reach of scripts. */
  readonly cookie?: boolean
}

export interface SessionOptions {
  readonly url: string
  readonly fetch: Fetch
  readonly clock: Clock
  readonly time: ServerTime
  readonly storage: Storage | undefined
  readonly credentials: Credentials
}

/** What the storage keeps. */
interface Kept extends Tokens {
  readonly account?: Account
}

type Login = Extract<HttpCommand, { type: 'account.create' | 'guest.create' | 'session.create' }>

const tokensKey = 'tokens'
const refreshedKey = 'refreshed'
/** A token that ends within this time is renewed before it is used. */
const marginMs = 30_000
/** A cookie's session is prolonged after this time. */
const prolongMs = 12 * 3_600_000

/** By these the server says that a refresh token is worth nothing, or is none. */
const endings: ReadonlySet<ParlanceErrorCode> = new Set<ParlanceErrorCode>([
  'session_ended',
  'unauthenticated',
  'bad_request',
])

/** Who is logged in, and the tokens that prove it (SPEC CL7). */
export class Session {
  readonly #options: SessionOptions
  #kept: Kept | undefined
  #token: string | undefined
  #hasCookie: boolean
  /** Refresh tokens that are used up: a full storage may still have one. */
  readonly #used = new Set<string>()
  #loading: Promise<void> | undefined
  #refreshing: Promise<void> | undefined

  constructor(options: SessionOptions) {
    this.#options = options
    this.#kept = options.credentials.tokens
    this.#hasCookie = options.credentials.cookie === true
  }

  /** The account as it was last known, where there was a log-in. */
  get account(): Account | undefined {
    return this.#kept?.account
  }

  /** Whether the answer to a refresh tells if the session stands. */
  get canTell(): boolean {
    return this.#kept !== undefined
  }

  /** Whether this account may be the one that is logged in, as far as can be told without the server. */
  isMaybe(user: UserId): boolean {
    if (this.#hasCookie) return true
    if (this.#kept === undefined) return this.#options.credentials.token !== undefined
    return this.account === undefined || this.account.id === user
  }

  /** Reads what the storage has; once. */
  load(): Promise<void> {
    this.#loading ??= this.#load()
    return this.#loading
  }

  /** The token to show; undefined where a cookie does. Throws `signed_out` where there is nothing to show. */
  async token(): Promise<string | undefined> {
    await this.load()
    if (this.#hasCookie) return undefined
    const { token } = this.#options.credentials
    if (this.#kept === undefined && token !== undefined) {
      this.#token ??= typeof token === 'string' ? token : await token()
      return this.#token
    }
    const leftMs = Date.parse(this.#kept?.expiresAt ?? '') - this.#options.time.now()
    // One that is being renewed was refused, or is about to be.
    if (leftMs < marginMs || this.#refreshing !== undefined) await this.refresh()
    if (this.#kept === undefined) throw new ParlanceError('signed_out')
    return this.#kept.token
  }

  /** Registers, logs in or becomes a guest. */
  async logIn(command: Login): Promise<Account> {
    await this.load()
    const { cookie } = this.#options.credentials
    const grant: Grant = await this.call(cookie === true ? { ...command, cookie: true } : command)
    if (cookie === true) this.#hasCookie = true
    else await this.#adopt(grant)
    return grant.account
  }

  /**
   * Gets a new token for one that was refused or is about to end: once at a time, also over the tabs that share the
   * storage, since a refresh token is good for one use. Throws `signed_out` where the session has ended.
   */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined
    })
    return this.#refreshing
  }

  /** Prolongs a cookie's session, now and then, in one of the tabs. */
  async prolong(): Promise<void> {
    const { storage, time } = this.#options
    if (!this.#hasCookie || storage === undefined) return
    await withLock(storage, refreshedKey, async () => {
      const at = await readKept<number>(storage, refreshedKey)
      // A clock that was set back says nothing.
      if (at !== undefined && Math.abs(time.now() - at) < prolongMs) return
      // One that is seen for the first time is young.
      if (at !== undefined) await this.call({ type: 'session.refresh' })
      await keep(storage, refreshedKey, time.now())
    })
  }

  /** Forgets the log-in, here and in the storage, unless somebody else has logged in there since. */
  async forget(): Promise<void> {
    const { storage } = this.#options
    const own = this.#kept
    this.#kept = undefined
    this.#token = undefined
    // Somebody may log in by another tab.
    this.#loading = undefined
    this.#hasCookie = this.#options.credentials.cookie === true
    if (storage === undefined || own === undefined) return
    const shared = await this.#readShared(storage)
    if (shared !== undefined && !this.#isOthers(shared, own)) await keep(storage, tokensKey, undefined)
  }

  /** Asks over HTTP; with the token where the command needs one. */
  call<const C extends HttpCommand>(command: C, token?: string) {
    return callHttp(this.#options, command, token)
  }

  async #load(): Promise<void> {
    const { storage } = this.#options
    if (storage === undefined || this.#hasCookie) return
    this.#kept = (await this.#readShared(storage)) ?? this.#kept
  }

  /** The pair in the storage; undefined where there is none that could be used. */
  async #readShared(storage: Storage): Promise<Kept | undefined> {
    const kept = await readKept<Kept>(storage, tokensKey)
    return typeof kept?.refreshToken === 'string' ? kept : undefined
  }

  async #refresh(): Promise<void> {
    await this.load()
    const { storage, credentials } = this.#options
    // A cookie may have been renewed by another tab while the socket opened: the next one shows the new one.
    if (this.#hasCookie) return
    if (this.#kept === undefined) {
      this.#token = undefined
      if (typeof credentials.token !== 'function') throw new ParlanceError('signed_out')
      return
    }
    if (storage === undefined) await this.#rotate(this.#kept)
    else await withLock(storage, tokensKey, () => this.#rotateShared(storage))
  }

  async #rotateShared(storage: Storage): Promise<void> {
    const own = this.#kept
    const shared = await this.#readShared(storage)
    if (own === undefined || own !== this.#kept) return
    // Another tab was faster.
    if (shared !== undefined && this.#isOthers(shared, own)) this.#kept = shared
    else await this.#rotate(own)
  }

  /** Whether another tab has put this pair into the storage. */
  #isOthers({ refreshToken }: Kept, own: Kept): boolean {
    return refreshToken !== own.refreshToken && !this.#used.has(refreshToken)
  }

  /** Whoever logs in or out meanwhile has the last word. */
  async #rotate(own: Kept): Promise<void> {
    try {
      const grant = await this.call({ type: 'session.refresh', refreshToken: own.refreshToken })
      this.#used.add(own.refreshToken)
      if (this.#kept === own) await this.#adopt(grant)
    } catch (error) {
      if (this.#kept !== own) return
      const { code } = asParlanceError(error)
      // What else a refusal says may be a proxy's word.
      if (!endings.has(code)) throw error
      await this.forget()
      throw new ParlanceError('signed_out')
    }
  }

  async #adopt({ token, refreshToken = '', expiresAt, account }: Grant): Promise<void> {
    this.#kept = { token, refreshToken, expiresAt, account }
    if (this.#options.storage !== undefined) await keep(this.#options.storage, tokensKey, this.#kept)
  }
}
