import { Agent, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { type Latencies, latenciesOf } from './latencies.ts'

/** Pages of old messages, one after the other, anywhere in any room. */
export interface HistoryJob {
  readonly kind: 'history'
  readonly port: number
  readonly pid: number
  readonly token: string
  readonly rooms: readonly number[]
  readonly messagesPerRoom: number
  readonly pages: number
}

export interface HistoryResult {
  readonly latencies: Latencies
}

const warmupPages = 200
const pageLength = 50

export async function history(job: HistoryJob): Promise<HistoryResult> {
  const { port, token, rooms, messagesPerRoom, pages } = job
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const millis: number[] = []
  for (let page = -Math.min(warmupPages, pages); page < pages; page += 1) {
    const room = rooms[Math.floor(Math.random() * rooms.length)] ?? 0
    const before = 2 + pageLength + Math.floor(Math.random() * Math.max(1, messagesPerRoom - pageLength))
    const startedAt = performance.now()
    const count = await messagesOf(
      agent,
      port,
      `/v1/rooms/${room}/messages?before=${before}&limit=${pageLength}`,
      token,
    )
    if (page >= 0) millis.push(performance.now() - startedAt)
    if (count !== pageLength) throw new Error(`A page has ${count} messages.`)
  }
  agent.destroy()
  return { latencies: latenciesOf(millis) }
}

function messagesOf(agent: Agent, port: number, path: string, token: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { agent, port, host: '127.0.0.1', path, headers: { authorization: `Bearer ${token}` } },
      (response) => {
        buffer(response).then((body) => {
          if (response.statusCode === 200) resolve(JSON.parse(body.toString()).messages.length)
          else reject(new Error(`${path} answered ${response.statusCode}: ${body}`))
        }, reject)
      },
    )
    asked.on('error', reject)
    asked.end()
  })
}
