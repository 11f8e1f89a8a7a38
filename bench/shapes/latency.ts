import { runLoad } from '../servers/run-load.ts'
import { storedMember } from '../servers/sockets.ts'
import { membersOf, townContestant } from './contest.ts'
import { durableLayout, send, townOf } from './durable.ts'
import { type Context, Figures, type Shape } from './shape.ts'

const contestant = townContestant('Parlance, /ws/chat', storedMember, townOf)
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
    for (let round = 1; round <= rounds; round += 1) {
      progress(`latency, round ${round} of ${rounds}`)
      const most = quick ? quickRate : await saturation(context)
      const loads = [
        { name: 'a lone message', layout: lonelyLayout, perSecond: 50 },
        { name: 'at half of the saturation load', layout: durableLayout, perSecond: most / 2 },
      ]
      for (const { name, layout, perSecond } of loads) {
        await using server = await contestant.start(cores?.server, layout)
        if (server === undefined) continue
        const { latencies } = await runLoad(cores?.load, {
          kind: 'pace',
          pid: server.pid,
          port: server.port,
          sockets: membersOf(layout).map(server.member),
          perSecond,
          warmupMs: quick ? 200 : 2_000,
          measureMs: quick ? 400 : 8_000,
          afterMs: quick ? 100 : 2_000,
        })
        figures.add('latency', contestant.name, `${name}, p50`, 'ms', latencies.p50)
        figures.add('latency', contestant.name, `${name}, p99`, 'ms', latencies.p99)
      }
    }
    return figures.all
  },
}
