import { startBatchedSqlite } from '../servers/peers.ts'
import { runLoad } from '../servers/run-load.ts'
import { bareMember, chatroomsMember, nativeMember, storedMember } from '../servers/sockets.ts'
import type { TownPlan } from '../servers/town.ts'
import { undisturbed } from '../servers/undisturbed.ts'
import { type Contestant, type Layout, membersOf, townContestant } from './contest.ts'
import { type Context, Figures, type Shape } from './shape.ts'

/** 50 senders in 10 rooms, each an account of its own. */
export const durableLayout: Layout = { rooms: 10, members: 5, publishers: 5, window: 4 }

/** Each account is a member of one room. */
export function townOf({ rooms, members }: Layout): TownPlan {
  return { users: rooms * members, rooms, roomsOf: (user) => [Math.floor(user / members)] }
}

const durableContestants = {
  envelope: townContestant('Parlance, /ws/chat', storedMember, townOf),
  native: townContestant('Parlance, native', nativeMember, townOf),
  socketIo: townContestant('Parlance, Socket.IO', chatroomsMember, townOf),
  bare: {
    name: 'bare ws and SQLite',
    start: async (core) => ({ ...(await startBatchedSqlite(core)), member: bareMember }),
  },
} as const satisfies Record<string, Contestant>

export const durable: Shape = {
  name: 'durable',
  about: '50 senders in 10 rooms, each message committed and fsynced before anyone hears of it',
  async measure(context) {
    const figures = new Figures()
    for (let round = 1; round <= context.rounds; round += 1) {
      const { envelope, bare } = durableContestants
      for (const contestant of context.quick ? [envelope, bare] : Object.values(durableContestants)) {
        context.progress(`durable, round ${round} of ${context.rounds}: ${contestant.name}`)
        await send(context, contestant, figures)
      }
    }
    return figures.all
  },
}

export async function send(
  { cores, quick }: Context,
  contestant: Contestant,
  figures: Figures,
): Promise<void> {
  await using server = await contestant.start(cores?.server, durableLayout)
  if (server === undefined) return
  const job = {
    kind: 'pump',
    pid: server.pid,
    port: server.port,
    sockets: membersOf(durableLayout).map(server.member),
    window: durableLayout.window,
    warmupMs: quick ? 200 : 2_000,
    measureMs: quick ? 300 : 4_000,
  } as const
  const run = () => runLoad(cores?.load, job)
  const { messages, elapsedMs, cpuMicros, latencies, loadUse } = await (quick ? run() : undisturbed(run))
  const perMessage = cpuMicros === undefined ? undefined : cpuMicros / messages
  figures.add('durable', contestant.name, 'acknowledged', '/s', (messages / elapsedMs) * 1_000)
  figures.add('durable', contestant.name, 'CPU per message', 'µs', perMessage)
  figures.add('durable', contestant.name, 'p99 under this load', 'ms', latencies.p99)
  figures.add('durable', contestant.name, 'load', '% of its core', loadUse * 100)
}
