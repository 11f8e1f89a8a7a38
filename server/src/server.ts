import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { MemoryBroker } from './broker/memory.ts'
import type { Chat } from './chat/chat.ts'
import { GuestRounds } from './chat/guests.ts'
import { Passwords } from './chat/passwords.ts'
import { Rates } from './chat/rates.ts'
import { Standings } from './chat/standings.ts'
import { Tokens } from './chat/tokens.ts'
import type { Config } from './config.ts'
import { chatroomsPart } from './dialects/chatrooms/openapi.ts'
import { chatroomsOpening } from './dialects/chatrooms/opening.ts'
import { Roster } from './dialects/chatrooms/roster.ts'
import { chatroomsRoutes } from './dialects/chatrooms/routes.ts'
import type { ContractContext } from './dialects/contract/context.ts'
import { envelopePart } from './dialects/envelope/openapi.ts'
import { envelopeRoutes } from './dialects/envelope/routes.ts'
import { envelopeUpgrade } from './dialects/envelope/upgrade.ts'
import { namedRoomsPart } from './dialects/json-rooms/openapi.ts'
import { jsonRoomsUpgrade } from './dialects/json-rooms/upgrade.ts'
import { buildAsyncapi } from './dialects/native/asyncapi.ts'
import { buildOpenapi, nativePart } from './dialects/native/openapi.ts'
import { nativeRoutes } from './dialects/native/routes.ts'
import { nativeUpgrade } from './dialects/native/upgrade.ts'
import { type Peer, peerOf } from './dialects/peer.ts'
import { Site } from './dialects/site.ts'
import { textRoomsUpgrade } from './dialects/text-rooms/upgrade.ts'
import { tokenChatPart } from './dialects/token-chat/openapi.ts'
import { tokenChatRoutes } from './dialects/token-chat/routes.ts'
import { tokenChatUpgrade } from './dialects/token-chat/upgrade.ts'
import { Attendance } from './doors/attendance.ts'
import { docsRoutes } from './doors/docs.ts'
import { makeHttp } from './doors/http.ts'
import { leave } from './doors/leave.ts'
import { type Condition, operationRoutes } from './doors/operations.ts'
import { operationsPart } from './doors/operations-openapi.ts'
import { Running } from './doors/running.ts'
import { SocketIoDoor } from './doors/socketio.ts'
import { UnbelievedProxies } from './doors/unbelieved-proxies.ts'
import { switchUpgrades } from './doors/upgrade.ts'
import { webRoutes } from './doors/web.ts'
import { WebPage } from './doors/web-page.ts'
import { WebSocketDoor } from './doors/websocket.ts'
import { Heartbeat } from './live/heartbeat.ts'
import { Hub } from './live/hub.ts'
import { Online } from './live/online.ts'
import { type Clock, systemClock } from './ports/clock.ts'
import { MemoryPresence } from './presence/memory.ts'
import { networks } from './settings.ts'
import { openSqliteStore } from './store/sqlite.ts'
import { addLiveMetrics } from './telemetry/live-metrics.ts'
import { makeMetrics } from './telemetry/metrics.ts'
import { version } from './version.ts'

/** A running server. */
export interface Server extends AsyncDisposable {
  /** Where it listens, as `http://127.0.0.1:8000`. */
  readonly url: string
  readonly port: number
  /** Resolves when a commit failed in a way after which no ack may be given: the process has to end. */
  readonly failed: Promise<Error>
  /** Says goodbye, answers what is under way, closes; at most `shutdownGraceMs`. */
  drain(): Promise<void>
}

/** What each family of routes has in the document at `/openapi.json`. */
const openapiParts = [
  nativePart(),
  namedRoomsPart(),
  tokenChatPart(),
  chatroomsPart(),
  envelopePart(),
  operationsPart(),
]

/**
 * Builds ports, chat, live and doors, and listens: the only place that names an adapter.
 * `restored`: the database came from a backup, and starts another life.
 */
export async function startServer(
  config: Config,
  log: Logger,
  { restored = false, clock = systemClock }: { restored?: boolean; clock?: Clock } = {},
): Promise<Server> {
  const metrics = makeMetrics()
  const condition: Condition = { draining: false, failed: false }
  const isDraining = () => condition.draining
  await using started = new AsyncDisposableStack()
  const store = started.use(
    await openSqliteStore(config.database.path, {
      restored,
      onNote: (fields, text) => log.warn(fields, text),
      onCommit(drafts, tookMs) {
        metrics.commitDrafts.observe(drafts)
        metrics.commitSeconds.observe(tookMs / 1_000)
      },
    }),
  )
  const broker = started.use(new MemoryBroker())
  const presence = started.use(new MemoryPresence(clock))
  const failed = Promise.withResolvers<Error>()
  store.onFailure((error) => {
    condition.failed = true
    log.fatal({ err: error }, 'The store cannot commit: nothing more is acknowledged.')
    failed.resolve(error)
  })
  const chat: Chat = {
    store,
    broker,
    presence,
    clock,
    limits: config.limits,
    rates: new Rates(clock),
    standings: new Standings(store.rooms, clock),
    tokens: new Tokens(config.secret, config.algorithm, config.accessTokenLifeMs, clock),
    passwords: new Passwords(),
    metrics,
    log,
    sessionLifeMs: config.refreshTokenLifeMs,
    guestStayMs: config.guestStayMs,
  }
  const hub = new Hub(store, broker, log)
  const heartbeat = started.use(new Heartbeat(hub.connections, clock))
  started.use(
    new GuestRounds(
      chat,
      () => hub.users,
      (user) => hub.connectionsOf(user).size > 0,
    ),
  )
  started.use(new Online(hub, presence, broker, store.rooms, clock, log))
  addLiveMetrics(metrics.registry, hub)

  const trusted = networks(config.trustedProxies)
  const site = new Site(config, log)
  const unbelieved = new UnbelievedProxies(trusted, log)
  const peer = (request: IncomingMessage): Peer => {
    unbelieved.look(request)
    return peerOf(request, trusted, site.isSecure)
  }
  const page = new WebPage(site.publicUrl)
  const http = makeHttp({
    log,
    metrics,
    rates: chat.rates,
    requestsPerMinute: config.limits.requestsPerMinute,
    site,
    page,
    peerOf: peer,
    isDraining,
  })
  const { refreshTokenLifeMs } = config
  const running = new Running(http)
  nativeRoutes(http, chat, { site, refreshTokenLifeMs, peerOf: peer })
  docsRoutes(
    http,
    {
      openapi: buildOpenapi(version, openapiParts, site.publicUrl),
      asyncapi: buildAsyncapi(version, site.publicUrl),
    },
    site.path,
  )
  webRoutes(http, page)
  operationRoutes(http, { log, store, broker, metrics, condition, clock })
  const attendance = new Attendance(config.limits)
  const webSockets = new WebSocketDoor(hub, heartbeat, attendance)
  const { tokenInQuery } = config
  const context: ContractContext = { chat, hub, log, tokenInQuery, peerOf: peer }
  const roster = new Roster()
  // Each contract in a scope of its own: its bodies and its errors are not the others'.
  const within = (routes: (scope: FastifyInstance) => void) =>
    http.register((scope, _options, done) => {
      routes(scope)
      done()
    })
  within((scope) => tokenChatRoutes(scope, context))
  within((scope) => chatroomsRoutes(scope, context, roster))
  within((scope) => envelopeRoutes(scope, context))
  const socketIo = started.use(
    new SocketIoDoor(
      { clock, hub, heartbeat, attendance, site, peerOf: peer, isDraining },
      chatroomsOpening(context, roster),
    ),
  )
  socketIo.routes(http)
  // In this order: the contracts with accounts have fixed paths, named rooms take what is left of /ws/.
  switchUpgrades(http.server, { webSockets, socketIo, attendance, site, peerOf: peer, isDraining }, [
    nativeUpgrade(chat, hub, site),
    tokenChatUpgrade(context),
    envelopeUpgrade(context),
    jsonRoomsUpgrade(context),
    textRoomsUpgrade(context),
  ])
  started.defer(() => http.close())
  await http.listen({ host: config.host, port: config.port })
  const { port } = http.server.address() as AddressInfo

  async function drain(): Promise<void> {
    condition.draining = true
    await leave({
      hub,
      attendance,
      running,
      clock,
      graceMs: config.shutdownGraceMs,
      onClosing: () => socketIo.dismiss(),
    })
    http.server.closeAllConnections()
  }

  const parts = started.move()
  let ended: Promise<void> | undefined
  return {
    url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
    port,
    failed: failed.promise,
    drain,
    [Symbol.asyncDispose]: () => (ended ??= drain().then(() => parts.disposeAsync())),
  }
}
