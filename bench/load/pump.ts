import { type Latencies, latenciesOf } from './latencies.ts'
import { openAll, quiet, wait } from './open-all.ts'
import { Publisher } from './publisher.ts'
import type { SocketPlan } from './socket-plan.ts'
import { nowMicros, stampIn } from './stamp.ts'
import { cpuBetween, usageOf } from './usage.ts'
import type { WireClient } from './wire-client.ts'

/** Publishers say the next message when their own comes back, `window` at a time: as much as the server can do. */
export interface PumpJob {
  readonly kind: 'pump'
  readonly port: number
  readonly pid: number
  readonly sockets: readonly SocketPlan[]
  readonly window: number
  readonly warmupMs: number
  readonly measureMs: number
}

export interface PumpResult {
  readonly elapsedMs: number
  /** Frames that came to receivers. */
  readonly deliveries: number
  /** Messages that came back to their publisher. */
  readonly messages: number
  /** Of the server; undefined where the system does not tell. */
  readonly cpuMicros: number | undefined
  /** What the load itself used, of the elapsed time. */
  readonly loadUse: number
  readonly latencies: Latencies
}

const maxLatencies = 500_000

/** What came back to publishers. */
interface Echoes {
  count: number
  /** Answers without the message: no other would follow, and the server would seem idle. */
  refused: number
  readonly millis: number[]
  stopped: boolean
}

export async function pump(job: PumpJob): Promise<PumpResult> {
  const { port, pid, sockets, window, warmupMs, measureMs } = job
  const clients = await openAll(sockets.map(({ path, steps }) => ({ port, path, steps })))
  await quiet(clients)
  const lost = () => clients.filter(({ closed }) => closed).length
  const deliveries = () => clients.reduce((sum, { texts }) => sum + texts, 0)
  const echoes: Echoes = { count: 0, refused: 0, millis: [], stopped: false }
  const publishers = sockets.flatMap(({ template, own }, index) => {
    const client = clients[index]
    return template === undefined || client === undefined
      ? []
      : [publish(index, client, template, own, echoes)]
  })
  stayAwake(echoes)
  for (const publisher of publishers) publisher.say(window)
  await wait(warmupMs)
  const from = {
    at: performance.now(),
    usage: usageOf(pid),
    deliveries: deliveries(),
    own: process.cpuUsage(),
  }
  echoes.count = 0
  echoes.millis.length = 0
  await wait(measureMs)
  const elapsedMs = performance.now() - from.at
  const own = process.cpuUsage(from.own)
  const result: PumpResult = {
    elapsedMs,
    deliveries: deliveries() - from.deliveries,
    messages: echoes.count,
    cpuMicros: cpuBetween(from.usage, usageOf(pid)),
    loadUse: (own.user + own.system) / 1_000 / elapsedMs,
    latencies: latenciesOf(echoes.millis),
  }
  echoes.stopped = true
  if (echoes.refused > 0) throw new Error(`${echoes.refused} messages were refused.`)
  if (lost() > 0) throw new Error(`${lost()} of ${clients.length} connections were lost.`)
  return result
}

/**
 * A process that sleeps has to be woken, and who writes to it pays for that: a server that is fast enough to let the
 * load sleep would look dear. So the load never does.
 */
function stayAwake(until: { readonly stopped: boolean }): void {
  if (!until.stopped) setImmediate(() => stayAwake(until))
}

function publish(
  id: number,
  client: WireClient,
  template: string,
  own: string | undefined,
  echoes: Echoes,
): Publisher {
  const publisher = new Publisher(id, client, template)
  let due = 0
  const answer = () => {
    if (!echoes.stopped) publisher.say(due)
    due = 0
  }
  client.onText = (bytes, start, length) => {
    if (own !== undefined && bytes.toString('latin1', start, start + own.length) !== own) return
    const stamp = stampIn(bytes, start, length)
    if (own !== undefined && stamp === undefined) echoes.refused += 1
    if (stamp === undefined || stamp.publisher !== id) return
    if (due === 0) setImmediate(answer)
    due += 1
    echoes.count += 1
    if (echoes.millis.length < maxLatencies) echoes.millis.push((nowMicros() - stamp.sentMicros) / 1_000)
  }
  return publisher
}
