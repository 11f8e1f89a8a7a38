import { type Latencies, latenciesOf } from './latencies.ts'
import { wait } from './open-all.ts'
import { Publisher } from './publisher.ts'
import { Resumer } from './resumer.ts'
import type { SocketPlan } from './socket-plan.ts'
import { WireClient } from './wire-client.ts'

/** All are cut at once, miss messages, and come back at once. */
export interface ReconnectJob {
  readonly kind: 'reconnect'
  readonly port: number
  readonly pid: number
  readonly epoch: string
  readonly tokens: readonly string[]
  /** One for each room: says what they miss. */
  readonly publishers: readonly SocketPlan[]
  readonly missedPerRoom: number
  /** Between one step and the next. */
  readonly settleMs: number
}

export interface ReconnectResult {
  /** From the moment at which all come back until each has caught up. */
  readonly latencies: Latencies
  readonly doubled: number
  readonly missed: number
}

/** Those that open for the first time come some at a time. */
const width = 100

export async function reconnect(job: ReconnectJob): Promise<ReconnectResult> {
  const { port, epoch, tokens, publishers, missedPerRoom, settleMs } = job
  const clients = tokens.map((token) => new Resumer(port, token, epoch))
  for (let next = 0; next < clients.length; next += width) {
    await Promise.all(clients.slice(next, next + width).map((client) => client.come()))
  }
  await wait(settleMs)
  const before = clients.map(({ known }) => known)
  for (const client of clients) client.go()
  await wait(settleMs)
  const speakers = await Promise.all(
    publishers.map(async ({ path, steps, template = '' }, index) => {
      return new Publisher(index, await WireClient.open({ port, path, steps }), template)
    }),
  )
  for (const speaker of speakers) speaker.say(missedPerRoom)
  await wait(settleMs)
  const startedAt = performance.now()
  const millis = await Promise.all(
    clients.map(async (client) => {
      await client.come()
      return performance.now() - startedAt
    }),
  )
  await wait(settleMs)
  const short = clients.filter(({ known }, index) => known < (before[index] ?? 0) + missedPerRoom).length
  const doubled = clients.reduce((sum, client) => sum + client.doubled, 0)
  const missed = clients.reduce((sum, client) => sum + client.missed, 0)
  return { latencies: latenciesOf(millis), doubled, missed: missed + short }
}
