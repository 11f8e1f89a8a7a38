import { startBatchedSqlite } from '../servers/peers.ts'
import { runLoad } from '../servers/run-load.ts'
import { bareMember, storedMember } from '../servers/sockets.ts'
import { type Contestant, type Layout, membersOf, townContestant } from './contest.ts'
import { durableLayout, send, townOf } from './durable.ts'
import { type Context, Figures, type Shape } from './shape.ts'

const contestant = townContestant('Parlance, /ws/chat', storedMember, townOf)
/** A lone message there is little more than the commit: what the disk and the machine are good for. */
const bare: Contestant = {
  name: 'bare ws and SQLite',
  start: async (core) => ({ ...(await startBatchedSqlite(core)), member: bareMember }),
}
const lonelyLayout = { rooms: 1, members: 2, publishers: 1, window: 1 }

const quickRate = 1_000

/** Messages a second that it acknowledges when it gets as many as it takes. */
async function saturation(context: Context): Promise<number> {
  const full = new Figures()
  await send(context, contestant, full)
  return full.all.find(({ what }) => what === 'acknowledged')?.values[0] ?? quickRate
}

export const latency: Shape = {
  name: 'latency',
  about: 'From the sending to the receivers, after the fsync: alone, and at half of what the server can do',
  async measure(context) {
    const { cores, quick, rounds, progress } = context
    const figures = new Figures()
    const measure = async (who: Contestant, name: string, layout: Layout, perSecond: number) => {
      await using server = await who.start(cores?.server, layout)
      if (server === undefined) return
      const { latencies } = await runLoad(cores?.load, {
        kind: 'pace',
        pid: server.pid,
        port: server.port,
        sockets: membersOf(layout).map(server.member),
        perSecond,
        warmupMs: quick ? 200 : 2_000,
        measureMs: quick ? 400 : 10_000,
        afterMs: quick ? 100 : 2_000,
      })
      figures.add('latency', who.name, `${name}, p50`, 'ms', latencies.p50)
      figures.add('latency', who.name, `${name}, p99`, 'ms', latencies.p99)
    }
    for (let round = 1; round <= rounds; round += 1) {
      progress(`latency, round ${round} of ${rounds}`)
      // Alone first: what a full load has written still goes to the disk for a while.
      for (const who of [contestant, bare]) await measure(who, 'a lone message', lonelyLayout, 50)
      const most = quick ? quickRate : await saturation(context)
      await measure(contestant, 'at half of the saturation load', durableLayout, most / 2)
    }
    return figures.all
  },
}
