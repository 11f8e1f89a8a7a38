import { type Opening, WireClient } from './wire-client.ts'

/** Openings under way at a time: fewer than a server's backlog takes. */
const width = 100

/** Opens all, some at a time, in their order. */
export async function openAll(openings: readonly Opening[]): Promise<WireClient[]> {
  const clients: WireClient[] = []
  for (let next = 0; next < openings.length; next += width) {
    clients.push(...(await Promise.all(openings.slice(next, next + width).map(WireClient.open))))
  }
  return clients
}

/** Resolves when no text has come for a while: what the opening made is over. */
export async function quiet(clients: readonly WireClient[], patienceMs = 10_000): Promise<void> {
  const until = performance.now() + patienceMs
  const count = () => clients.reduce((sum, { texts }) => sum + texts, 0)
  for (let before = -1; performance.now() < until; ) {
    const now = count()
    if (now === before) return
    before = now
    await wait(250)
  }
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
