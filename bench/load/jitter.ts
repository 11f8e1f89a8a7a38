import { type Latencies, latenciesOf } from './latencies.ts'
import { wait } from './open-all.ts'
import { Publisher } from './publisher.ts'
import { Resumer } from './resumer.ts'
import type { SocketPlan } from './socket-plan.ts'
import { nowMicros, stampIn } from './stamp.ts'
import { WireClient } from './wire-client.ts'

/** Clients of a bad network: each is cut again and again, and comes back after a while. */
export interface JitterJob {
  readonly kind: 'jitter'
  readonly port: number
  readonly pid: number
  readonly epoch: string
  readonly tokens: readonly string[]
  readonly publisher: SocketPlan
  readonly broadcasts: number
  readonly everyMs: number
  /** From one return to the next cut, about. */
  readonly upMs: number
  readonly awayMs: number
}

export interface JitterResult {
  /** From the sending of each message to each client. */
  readonly latencies: Latencies
  /** Of what every client should have got once and in order, the part that they did. */
  readonly delivered: number
  readonly doubled: number
  readonly missed: number
  readonly cuts: number
}

const width = 100

export async function jitter(job: JitterJob): Promise<JitterResult> {
  const { port, epoch, tokens, publisher, broadcasts, everyMs, upMs, awayMs } = job
  const millis: number[] = []
  const clients = tokens.map((token) => {
    const client = new Resumer(port, token, epoch)
    client.onMessage = (text) => {
      const bytes = Buffer.from(text)
      const stamp = stampIn(bytes, 0, bytes.length)
      if (stamp !== undefined) millis.push((nowMicros() - stamp.sentMicros) / 1_000)
    }
    return client
  })
  for (let next = 0; next < clients.length; next += width) {
    await Promise.all(clients.slice(next, next + width).map((client) => client.come()))
  }
  const { path, steps, template = '' } = publisher
  const speaker = new Publisher(0, await WireClient.open({ port, path, steps }), template)
  const state = { over: false, cuts: 0 }
  const lives = clients.map(async (client) => {
    await wait(Math.random() * upMs)
    while (!state.over) {
      client.go()
      state.cuts += 1
      await wait(awayMs)
      await client.come()
      await wait(upMs * (0.75 + Math.random() / 2))
    }
  })
  for (let said = 0; said < broadcasts; said += 1) {
    speaker.say(1)
    await wait(everyMs)
  }
  state.over = true
  await Promise.all(lives)
  const doubled = clients.reduce((sum, client) => sum + client.doubled, 0)
  const missed = clients.reduce((sum, client) => sum + client.missed, 0)
  const delivered = millis.length / (clients.length * broadcasts)
  return { latencies: latenciesOf(millis), delivered, doubled, missed, cuts: state.cuts }
}
