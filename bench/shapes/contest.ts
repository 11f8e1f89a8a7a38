import type { SocketPlan } from '../load/socket-plan.ts'
import { startParlance } from '../servers/parlance.ts'
import type { ServerProcess } from '../servers/process.ts'
import { runLoad } from '../servers/run-load.ts'
import type { Member } from '../servers/sockets.ts'
import type { Town, TownPlan } from '../servers/town.ts'
import { undisturbed } from '../servers/undisturbed.ts'
import type { Context, Figures } from './shape.ts'

/** How many rooms, members of each, publishers among those, and messages that each of these has on the way. */
export interface Layout {
  readonly rooms: number
  readonly members: number
  readonly publishers: number
  readonly window: number
  /** How long it is measured; 2,000 ms when not given. */
  readonly measureMs?: number
}

/** A server and how to be a member there. Gives undefined where it cannot run here. */
export interface Contestant {
  readonly name: string
  start(
    core: number | undefined,
    layout: Layout,
  ): Promise<(ServerProcess & { member(member: Member): SocketPlan }) | undefined>
}

export function membersOf({ rooms, members, publishers }: Layout): Member[] {
  return Array.from({ length: rooms * members }, (_, index) => {
    const room = Math.floor(index / members)
    return { index, room, publishes: index % members < publishers }
  })
}

/** Parlance over a town of accounts and rooms. */
export function townContestant(
  name: string,
  member: (member: Member, town: Town) => SocketPlan,
  planOf: (layout: Layout) => TownPlan,
): Contestant {
  return {
    name,
    async start(core, layout) {
      const server = await startParlance(core, planOf(layout))
      return { ...server, member: (one) => member(one, server.town) }
    },
  }
}

/** By then what runs often is compiled: servers run for months, and a lone publisher says few messages a second. */
const warmupMs = 2_000

/** One server under one layout for one round. */
export async function contest(
  { cores, quick }: Context,
  contestant: Contestant,
  layout: Layout,
  shape: string,
  figures: Figures,
): Promise<void> {
  await using server = await contestant.start(cores?.server, layout)
  if (server === undefined) return
  const job = {
    kind: 'pump',
    pid: server.pid,
    port: server.port,
    sockets: membersOf(layout).map(server.member),
    window: layout.window,
    warmupMs: quick ? 100 : warmupMs,
    measureMs: quick ? 300 : (layout.measureMs ?? 2_000),
  } as const
  const run = () => runLoad(cores?.load, job)
  const result = await (quick ? run() : undisturbed(run))
  const { deliveries, elapsedMs, cpuMicros } = result
  const perDelivery = cpuMicros === undefined ? undefined : cpuMicros / deliveries
  figures.add(shape, contestant.name, 'CPU per delivery', 'µs', perDelivery)
  figures.add(shape, contestant.name, 'deliveries', '/s', (deliveries / elapsedMs) * 1_000)
  figures.add(shape, contestant.name, 'load', '% of its core', result.loadUse * 100)
}
