import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fastify from 'fastify'
import { type Condition, operationRoutes } from '../../src/doors/operations.ts'
import { type Clock, systemClock } from '../../src/ports/clock.ts'
import { makeLog } from '../../src/telemetry/log.ts'
import { makeMetrics } from '../../src/telemetry/metrics.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { ask, register } from '../support/rest.ts'
import { startTestServer } from '../support/start-server.ts'

interface Parts {
  readonly store?: () => Promise<void>
  readonly broker?: () => Promise<void>
  readonly condition?: Partial<Condition>
  readonly clock?: Clock
}

/** What `/readyz` answers over parts in this state. */
async function readiness({
  store = async () => {},
  broker = async () => {},
  condition = {},
  clock = systemClock,
}: Parts) {
  const logged: string[] = []
  const app = fastify()
  operationRoutes(app, {
    log: makeLog({ logLevel: 'info', logFormat: 'json' }, { write: (line) => void logged.push(line) }),
    metrics: makeMetrics(),
    store: { check: store },
    broker: { check: broker },
    condition: { draining: false, failed: false, ...condition },
    clock,
  })
  const answer = await app.inject('/readyz')
  await app.close()
  return { status: answer.statusCode, body: answer.json(), text: answer.body, logged: logged.join('') }
}

describe('operations', () => {
  it('[ST8] /healthz says that the process lives, /readyz that it takes work', async () => {
    await using server = await startTestServer()
    const health = await ask(server, 'GET', '/healthz')
    assert.equal(health.text, '{"status":"ok"}')
    assert.equal(health.headers.get('cache-control'), 'no-store')
    const ready = await ask(server, 'GET', '/readyz')
    assert.equal(ready.status, 200)
    assert.deepEqual(ready.body, { status: 'ok', server: 'ok', store: 'ok', broker: 'ok' })
  })

  it('[ST8] /readyz names the part that is down, and keeps the reason for the log', async () => {
    const down = async () => {
      throw new Error('connect ECONNREFUSED 10.1.2.3:5432')
    }
    const { status, body, text, logged } = await readiness({ store: down })
    assert.equal(status, 503)
    assert.deepEqual(body, { status: 'unavailable', server: 'ok', store: 'down', broker: 'ok' })
    assert.doesNotMatch(text, /10\.1\.2\.3/)
    assert.match(logged, /The store does not answer.*|10\.1\.2\.3/)
    assert.equal((await readiness({ broker: down })).body.broker, 'down')
  })

  it('[ST8] /readyz does not wait for a part that never answers', async () => {
    const clock = new ManualClock()
    const store = () => {
      setImmediate(() => clock.pass(2_000))
      return new Promise<void>(() => {})
    }
    const { status, body } = await readiness({ store, clock })
    assert.equal(status, 503)
    assert.equal(body.store, 'down')
  })

  it('[CO9] /readyz is 503 while draining, and after a failed commit', async () => {
    assert.deepEqual((await readiness({ condition: { draining: true } })).body.server, 'draining')
    assert.deepEqual((await readiness({ condition: { failed: true, draining: true } })).body.server, 'failed')
    assert.equal((await readiness({ condition: { failed: true } })).status, 503)
  })

  it('[CO11] /metrics is Prometheus’, each server with its own', async () => {
    await using one = await startTestServer()
    await using other = await startTestServer()
    const { token } = await register(one, 'ada')
    await ask(one, 'POST', '/v1/rooms', { token, body: { name: 'tea' } })
    await ask(one, 'GET', '/v1/rooms/1', { token })
    const { text, headers } = await ask(one, 'GET', '/metrics')
    assert.match(headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/)
    assert.match(
      text,
      /^parlance_http_requests_total\{method="GET",route="\/v1\/rooms\/:room",status="200"\} 1$/m,
    )
    const names = [
      'connections',
      'rooms',
      'queue_bytes',
      'deliveries_total',
      'events_total',
      'commit_drafts',
      'commit_seconds',
      'slow_closes_total',
      'logins_failed_total',
    ]
    for (const name of names) assert.match(text, new RegExp(`^# TYPE parlance_${name} `, 'm'))
    assert.match(text, /^nodejs_eventloop_lag_p99_seconds /m)
    const { text: otherText } = await ask(other, 'GET', '/metrics')
    assert.doesNotMatch(otherText, /route="\/v1\/rooms\/:room"/)
  })
})
