import { openAll, quiet, wait } from './open-all.ts'
import type { SocketPlan } from './socket-plan.ts'
import { cpuBetween, usageOf } from './usage.ts'

/** Connections that are open and say nothing. */
export interface IdleJob {
  readonly kind: 'idle'
  readonly port: number
  readonly pid: number
  readonly sockets: readonly SocketPlan[]
  /** Some are opened and closed before, so that what a server needs once is not counted. */
  readonly before: number
  readonly restMs: number
}

export interface IdleResult {
  /** Of the server, for each connection; undefined where the system does not tell. */
  readonly bytesEach: number | undefined
  /** CPU of the server while nothing happens, of one core. */
  readonly idleUse: number | undefined
}

/** The middle of so many looks: garbage comes and goes. */
const looks = 5

export async function idle({ port, pid, sockets, before, restMs }: IdleJob): Promise<IdleResult> {
  const openings = sockets.map(({ path, steps }) => ({ port, path, steps }))
  const first = await openAll(openings.slice(0, before))
  await quiet(first)
  for (const client of first) client.cut()
  await wait(restMs)
  const empty = await resident(pid)
  const clients = await openAll(openings)
  await quiet(clients)
  await wait(restMs)
  const full = await resident(pid)
  const from = { at: performance.now(), usage: usageOf(pid) }
  await wait(restMs)
  const cpu = cpuBetween(from.usage, usageOf(pid))
  const lost = clients.filter(({ closed }) => closed).length
  if (lost > 0) throw new Error(`${lost} of ${clients.length} idle connections were lost.`)
  return {
    bytesEach: empty === undefined || full === undefined ? undefined : (full - empty) / sockets.length,
    idleUse: cpu === undefined ? undefined : cpu / 1_000 / (performance.now() - from.at),
  }
}

async function resident(pid: number): Promise<number | undefined> {
  const seen: number[] = []
  for (let look = 0; look < looks; look += 1) {
    const usage = usageOf(pid)
    if (usage !== undefined) seen.push(usage.residentBytes)
    await wait(100)
  }
  return seen.sort((a, b) => a - b)[Math.floor(seen.length / 2)]
}
