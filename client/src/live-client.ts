import { closes } from '@parlance/protocol/closes'
import type { DataOf, InputOf } from '@parlance/protocol/commands'
import type { Hello, Welcome } from '@parlance/protocol/frames'
import type { Account, OwnRoom, RoomId } from '@parlance/protocol/models'
import type { Cache, Kept } from './cache.ts'
import type { Client, ClientSnapshot, RequestCommand } from './client.ts'
import type { Clock } from './clock.ts'
import { Connection } from './connection.ts'
import type { ConnectionState } from './connection-state.ts'
import { ParlanceError } from './errors.ts'
import type { ServerFrame } from './frames.ts'
import { type HttpCommand, isHttpCommand } from './http.ts'
import type { Listener } from './listener.ts'
import { Listeners } from './listeners.ts'
import { askMs } from './live-room.ts'
import type { ClientOptions } from './options.ts'
import { Outbox } from './outbox.ts'
import { OutboxStore } from './outbox-store.ts'
import { platformOf } from './platform.ts'
import { Requests } from './requests.ts'
import type { Room } from './room.ts'
import { Rooms } from './rooms.ts'
import { ServerTime } from './server-time.ts'
import { Session } from './session.ts'
import { SnapshotSource } from './snapshots.ts'
import type { Storage } from './storage.ts'
import { onWake } from './wake.ts'

/** Commands that answer with a room one belongs to from then on. */
const adding: ReadonlySet<string> = new Set(['room.create', 'room.join', 'invite.accept', 'direct.open'])

/** The parts of a client, and what goes from one to the other. */
export class LiveClient implements Client {
  readonly getSnapshot: () => ClientSnapshot
  readonly subscribe: (listener: () => void) => () => void
  readonly #name: string | undefined
  readonly #storage: Storage | undefined
  readonly #clock: Clock
  readonly #time: ServerTime
  readonly #source: SnapshotSource<ClientSnapshot>
  readonly #listeners = new Listeners()
  readonly #session: Session
  readonly #requests: Requests
  readonly #outbox: Outbox
  readonly #rooms: Rooms
  readonly #connection: Connection
  readonly #cache: Cache | undefined
  #outboxStore: OutboxStore | undefined
  #outboxLoading: Promise<void> | undefined
  #restoring: Promise<void> | undefined
  #isRestored = false
  #account: Account | null = null
  #limits: Readonly<Record<string, number>> = {}
  #waiting: PromiseWithResolvers<void> | undefined
  #forgetting: Promise<void> | undefined
  #stopWaking: (() => void) | undefined

  constructor(options: ClientOptions) {
    const { WebSocket, fetch, clock, random } = platformOf(options)
    const url = options.url.replace(/\/+$/, '')
    this.#name = options.name
    this.#storage = options.storage
    this.#cache = options.cache
    this.#clock = clock
    this.#time = new ServerTime(clock)
    this.#source = new SnapshotSource(() => ({
      isRestored: this.#isRestored,
      connection: this.#connection.state,
      account: this.#account,
      rooms: this.#rooms.list,
      limits: this.#limits,
    }))
    this.getSnapshot = this.#source.getSnapshot
    this.subscribe = this.#source.subscribe
    this.#session = new Session({
      url,
      fetch,
      clock,
      time: this.#time,
      storage: options.storage,
      credentials: options,
    })
    this.#requests = new Requests(clock)
    this.#outbox = new Outbox({
      clock,
      time: this.#time,
      ask: (command) => this.#requests.ask(command),
      positionOf: (room) => this.#rooms.get(room)?.position,
      changed: (room) => this.#rooms.get(room)?.pendingChanged(),
    })
    this.#rooms = new Rooms({
      clock,
      requests: this.#requests,
      outbox: this.#outbox,
      listener: this.#listeners,
      cache: options.cache,
      me: () => this.#account?.id ?? 0,
      changed: () => {
        this.#rooms.changed()
        this.#source.changed()
        options.cache?.changed()
      },
    })
    this.#connection = new Connection({
      url: `${url.replace(/^http/, 'ws')}/v1/socket`,
      WebSocket,
      clock,
      time: this.#time,
      random,
      hello: () => this.#hello(),
      refresh: () => this.#session.refresh(),
      canTell: () => this.#session.canTell,
      ping: () => JSON.stringify({ type: 'ping', rooms: this.#rooms.positions() }),
      opened: (welcome) => this.#opened(welcome),
      received: (frame) => this.#received(frame),
      changed: (state) => this.#stateChanged(state),
    })
  }

  register(input: Pick<InputOf<'account.create'>, 'name' | 'password' | 'email'>): Promise<Account> {
    return this.#logIn({ type: 'account.create', ...input })
  }

  logIn(input: Pick<InputOf<'session.create'>, 'name' | 'password'>): Promise<Account> {
    return this.#logIn({ type: 'session.create', ...input })
  }

  guest(input: Pick<InputOf<'guest.create'>, 'name'>): Promise<Account> {
    return this.#logIn({ type: 'guest.create', ...input })
  }

  async logOut(): Promise<void> {
    const token = await this.#session.token().catch(() => undefined)
    await this.#leave()
    await this.#session.call({ type: 'session.end' }, token)
  }

  restore(): Promise<void> {
    this.#restoring ??= this.#restore()
    return this.#restoring
  }

  async connect(): Promise<void> {
    const { kind } = this.#connection.state
    if (kind === 'open') return
    // What was asked of the rooms of whoever was logged in before is not asked by the next one.
    if (kind === 'signed-out') this.#requests.failAll('signed_out')
    this.#waiting ??= Promise.withResolvers()
    // Whoever does not wait sees it in the snapshot.
    const { promise } = this.#waiting
    promise.catch(() => {})
    this.#stopWaking ??= onWake(
      () => this.#connection.wake(),
      () => void this.#cache?.flush(),
    )
    this.#connection.connect()
    await promise
  }

  async close(): Promise<void> {
    this.#stopWaking?.()
    this.#stopWaking = undefined
    this.#connection.close()
    await Promise.all([this.#outboxStore?.flushed(), this.#cache?.flush(), this.#forgetting])
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async request<const C extends RequestCommand>(command: C): Promise<DataOf<C['type']>> {
    if (isHttpCommand(command)) {
      const answer = await this.#requestHttp(command)
      if (command.type === 'account.delete') await this.#leave()
      return answer as DataOf<C['type']>
    }
    const { kind } = this.#connection.state
    if (kind === 'signed-out') {
      // Whoever has an invitation reads it before they log in.
      if (command.type === 'invite.get') return (await this.#session.call(command)) as DataOf<C['type']>
      throw new ParlanceError('signed_out')
    }
    if (kind === 'refused') throw this.#refusal('refused')
    const data = await this.#requests.ask(command, askMs)
    // Its signal may come later than this answer.
    if (adding.has(command.type)) this.#rooms.added(data as OwnRoom)
    return data
  }

  serverNow(): number {
    return this.#time.now()
  }

  room(id: RoomId): Room | undefined {
    return this.#rooms.get(id)
  }

  listen(listener: Listener): () => void {
    return this.#listeners.add(listener)
  }

  /** Forgets whoever was logged in, and all that was theirs. */
  async #leave(): Promise<void> {
    this.#connection.signOut()
    await this.#forgetting
  }

  async #logIn(command: Parameters<Session['logIn']>[0]): Promise<Account> {
    await this.restore()
    const named = this.#name === undefined ? command : { ...command, client: this.#name }
    const account = await this.#session.logIn(named)
    const wasWanted = this.#connection.state.kind !== 'closed'
    this.#connection.close()
    this.#become(account)
    if (wasWanted) this.#connection.connect()
    return account
  }

  /** Asks over HTTP; where the token is refused, once more with another. */
  async #requestHttp(command: HttpCommand): Promise<object> {
    try {
      return await this.#session.call(command, await this.#session.token())
    } catch (error) {
      if (!(error instanceof ParlanceError) || error.code !== 'unauthenticated') throw error
      await this.#session.refresh()
      return this.#session.call(command, await this.#session.token())
    }
  }

  async #hello(): Promise<Hello> {
    await this.restore()
    const token = await this.#session.token()
    const resume = this.#rooms.resume()
    return {
      type: 'hello',
      ...(token !== undefined && { token }),
      ...(resume !== undefined && { resume }),
      ...(this.#name !== undefined && { client: this.#name }),
    }
  }

  async #restore(): Promise<void> {
    await this.#session.load()
    const kept = await this.#cache?.load({
      clock: this.#clock,
      state: () => this.#state(),
      room: (id, messages) => this.#rooms.get(id)?.kept(messages),
      dropped: (id) => this.#rooms.get(id)?.dropped(),
    })
    if (kept !== undefined && this.#session.isMaybe(kept.account.id)) {
      this.#become(kept.account)
      this.#limits = kept.limits
      this.#rooms.restore(kept)
    } else {
      if (kept !== undefined) await this.#cache?.forget(kept.account.id)
      this.#become(this.#session.account ?? null)
    }
    await this.#outboxLoading
    this.#isRestored = true
    this.#source.changed()
  }

  /** What the cache keeps, without messages. */
  #state(): Kept | undefined {
    const { epoch } = this.#rooms
    if (this.#account === null || epoch === undefined) return undefined
    return { account: this.#account, epoch, limits: this.#limits, rooms: this.#rooms.kept() }
  }

  #opened(welcome: Welcome): void {
    this.#become(welcome.user)
    this.#limits = welcome.limits
    this.#rooms.welcome(welcome)
    // A listener that was told of a reset may have closed it.
    if (this.#connection.state.kind !== 'open') return
    this.#cache?.changed()
    this.#requests.opened((text) => this.#connection.send(text))
    this.#outbox.opened()
    this.#session.prolong().catch(() => {})
    this.#waiting?.resolve()
    this.#waiting = undefined
    this.#source.changed()
  }

  #received(frame: Exclude<ServerFrame, Welcome>): void {
    switch (frame.type) {
      case 'reply':
        this.#requests.reply(frame)
        break
      case 'replay':
        this.#rooms.replay(frame)
        break
      case 'pong':
        this.#rooms.heads(frame.heads)
        break
      case 'goodbye':
        break
      default:
        if ('seq' in frame) this.#rooms.event(frame)
        else this.#rooms.signal(frame)
    }
  }

  #stateChanged(state: ConnectionState): void {
    switch (state.kind) {
      case 'open':
        break
      case 'connecting':
      case 'waiting':
        this.#requests.cut()
        this.#rooms.cut()
        break
      case 'closed':
      case 'refused':
        this.#end(state.kind)
        break
      case 'signed-out':
        this.#end('signed_out')
        this.#forget()
        break
    }
    this.#source.changed()
  }

  /** With the session goes all that was kept of it (SPEC CL15). */
  #forget(): void {
    const outbox = this.#outbox.forget()
    this.#become(null)
    this.#forgetting = Promise.all([this.#forgetting, this.#session.forget(), outbox]).then(() => {})
  }

  /** Why there is no connection any more: an origin that the server does not accept has a name of its own. */
  #refusal(code: 'closed' | 'refused' | 'signed_out'): ParlanceError {
    const { state } = this.#connection
    const isOrigin = state.kind === 'refused' && state.code === closes.badOrigin.code
    return new ParlanceError(isOrigin ? 'bad_origin' : code)
  }

  /** Nothing more comes of this connection. */
  #end(code: 'closed' | 'refused' | 'signed_out'): void {
    this.#requests.failAll(code)
    this.#outbox.settle(code)
    this.#rooms.cut()
    this.#waiting?.reject(this.#refusal(code))
    this.#waiting = undefined
  }

  /** Another user has another world. */
  #become(account: Account | null): void {
    if (account?.id !== this.#account?.id) {
      if (this.#account !== null) {
        this.#requests.failAll('signed_out')
        this.#forgetting = this.#cache?.forget(this.#account.id)
        this.#rooms.clear()
      }
      this.#outbox.clear()
      if (account !== null && this.#storage !== undefined) {
        this.#outboxStore = new OutboxStore(this.#storage, account.id)
        this.#outboxLoading = this.#outbox.restore(this.#outboxStore)
      }
    }
    this.#account = account
    this.#source.changed()
  }
}
