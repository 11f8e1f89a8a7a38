import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Broker } from '../ports/broker.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import type { Metrics } from '../telemetry/metrics.ts'

/** Milliseconds within which the store and the broker answer, or count as down. */
const checkMs = 2_000

/** Whether this server still wants work; `server.ts` changes it. */
export interface Condition {
  /** On its way out: finishes what is under way. */
  draining: boolean
  /** A commit failed in a way after which no ack may be given. */
  failed: boolean
}

export interface OperationsContext {
  readonly log: Logger
  readonly store: Pick<Store, 'check'>
  readonly broker: Pick<Broker, 'check'>
  readonly metrics: Metrics
  readonly condition: Condition
  readonly clock: Pick<Clock, 'after'>
}

/**
 * For whoever runs the server: `/healthz` says that the process lives, `/readyz` whether to send it work (200 or 503
 * with each part's state), `/metrics` is Prometheus'. What is wrong with a part is for the log, not for everyone.
 */
export function operationRoutes(app: FastifyInstance, context: OperationsContext): void {
  app.get('/healthz', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    return { status: 'ok' }
  })
  app.get('/readyz', async (_request, reply) => {
    const { log, store, broker, condition, clock } = context
    const [storeState, brokerState] = await Promise.all([
      stateOf(store, clock, (error) => log.warn({ err: error }, 'The store does not answer.')),
      stateOf(broker, clock, (error) => log.warn({ err: error }, 'The broker does not answer.')),
    ])
    const server = condition.failed ? 'failed' : condition.draining ? 'draining' : 'ok'
    const isReady = storeState === 'ok' && brokerState === 'ok' && server === 'ok'
    reply.code(isReady ? 200 : 503).header('cache-control', 'no-store')
    return { status: isReady ? 'ok' : 'unavailable', server, store: storeState, broker: brokerState }
  })
  app.get('/metrics', async (_request, reply) => {
    const { registry } = context.metrics
    return reply
      .header('cache-control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics())
  })
}

async function stateOf(
  part: { check(): Promise<void> },
  clock: Pick<Clock, 'after'>,
  report: (error: unknown) => void,
): Promise<'ok' | 'down'> {
  let stop: (() => void) | undefined
  try {
    await Promise.race([
      part.check(),
      new Promise((_resolve, reject) => {
        stop = clock.after(checkMs, () => reject(new Error(`No answer in ${checkMs} ms.`)))
      }),
    ])
    return 'ok'
  } catch (error) {
    report(error)
    return 'down'
  } finally {
    stop?.()
  }
}
