import { type Latencies, latenciesOf } from './latencies.ts'
import { openAll, quiet, wait } from './open-all.ts'
import { Publisher } from './publisher.ts'
import type { SocketPlan } from './socket-plan.ts'
import { nowMicros, stampIn } from './stamp.ts'
import { type Usage, usageOf } from './usage.ts'

/** Publishers say so many messages a second between them, whatever comes back. */
export interface PaceJob {
  readonly kind: 'pace'
  readonly port: number
  readonly pid: number
  readonly sockets: readonly SocketPlan[]
  readonly perSecond: number
  readonly warmupMs: number
  readonly measureMs: number
  /** Until what is under way has come, and those that never read have heard that they are closed. */
  readonly afterMs: number
  /** So many of the sockets, the last ones, never read from the start of the measurement on. */
  readonly deaf?: number
}

export interface PaceResult {
  /** From the sending to each receiver that reads. */
  readonly latencies: Latencies
  readonly said: number
  /** How far the server's memory grew during the measurement, at most. */
  readonly grownBytes: number | undefined
  /** The most bytes that waited in the server's sockets, where it is Parlance and tells. */
  readonly queuedBytes: number | undefined
  /** Of those that never read: how many the server closed. */
  readonly closed: number
}

const maxLatencies = 2_000_000
const lookMs = 100

export async function pace(job: PaceJob): Promise<PaceResult> {
  const { port, pid, sockets, perSecond, warmupMs, measureMs, afterMs, deaf = 0 } = job
  const clients = await openAll(sockets.map(({ path, steps }) => ({ port, path, steps })))
  await quiet(clients)
  const publishers = sockets.flatMap(({ template }, index) => {
    const client = clients[index]
    return template === undefined || client === undefined ? [] : [new Publisher(index, client, template)]
  })
  const readers = clients.slice(0, clients.length - deaf)
  const silent = clients.slice(clients.length - deaf)
  let millis: number[] = []
  for (const reader of readers) {
    reader.onText = (bytes, start, length) => {
      const stamp = stampIn(bytes, start, length)
      if (stamp !== undefined && millis.length < maxLatencies)
        millis.push((nowMicros() - stamp.sentMicros) / 1_000)
    }
  }
  const said = () => publishers.reduce((sum, one) => sum + one.said, 0)
  await speak(publishers, perSecond, warmupMs)
  await wait(afterMs)
  millis = []
  const before = said()
  const memory = watchMemory(pid)
  const queue = job.deaf === undefined ? undefined : watchQueue(port)
  for (const client of silent) client.pause()
  await speak(publishers, perSecond, measureMs)
  await wait(afterMs)
  const grownBytes = memory.stop()
  const queuedBytes = await queue?.stop()
  for (const client of silent) client.resume()
  if (deaf > 0) await wait(afterMs)
  const lost = readers.filter(({ closed }) => closed).length
  if (lost > 0) throw new Error(`${lost} of ${readers.length} readers were lost.`)
  const closed = silent.filter((client) => client.closed).length
  return { latencies: latenciesOf(millis), said: said() - before, grownBytes, queuedBytes, closed }
}

/** Takes turns, so that the messages are spread over time and publishers. */
function speak(publishers: readonly Publisher[], perSecond: number, forMs: number): Promise<void> {
  const startedAt = performance.now()
  let said = 0
  return new Promise((resolve) => {
    const turn = () => {
      const elapsedMs = performance.now() - startedAt
      const due = Math.floor((Math.min(elapsedMs, forMs) / 1_000) * perSecond)
      for (; said < due; said += 1) publishers[said % publishers.length]?.say(1)
      if (elapsedMs >= forMs) resolve()
      else setTimeout(turn, 1)
    }
    turn()
  })
}

function watchMemory(pid: number): { stop(): number | undefined } {
  const first: Usage | undefined = usageOf(pid)
  let most = first?.residentBytes ?? 0
  const timer = setInterval(() => {
    most = Math.max(most, usageOf(pid)?.residentBytes ?? 0)
  }, lookMs)
  return {
    stop() {
      clearInterval(timer)
      return first === undefined ? undefined : most - first.residentBytes
    },
  }
}

/** Looks at what waits in the server's sockets, by its metrics. */
function watchQueue(port: number): { stop(): Promise<number> } {
  let most = 0
  let isOver = false
  const looking = (async () => {
    while (!isOver) {
      const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
      most = Math.max(most, Number(/^parlance_queue_bytes (\S+)/m.exec(metrics)?.[1]))
      await wait(lookMs)
    }
  })()
  return {
    async stop() {
      isOver = true
      await looking
      return most
    },
  }
}
