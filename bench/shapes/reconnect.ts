import { startParlance } from '../servers/parlance.ts'
import { runLoad } from '../servers/run-load.ts'
import { nativeMember } from '../servers/sockets.ts'
import { Figures, type Shape } from './shape.ts'

/** Rooms of each client: one of the many, and all clients of it with others. */
const rooms = 50

export const reconnect: Shape = {
  name: 'reconnect',
  about: 'Everyone is cut, misses messages and comes back at once, resuming',
  async measure({ cores, quick, rounds, progress }) {
    const figures = new Figures()
    const clients = quick ? 100 : 5_000
    for (let round = 1; round <= rounds; round += 1) {
      progress(`reconnect, round ${round} of ${rounds}: ${clients} clients`)
      const plan = { users: clients, rooms, roomsOf: (user: number) => [user % rooms] }
      await using server = await startParlance(cores?.server, plan)
      const { town } = server
      const publishers = town.rooms.map((_, room) =>
        nativeMember({ index: room, room, publishes: true }, town),
      )
      const { latencies, doubled, missed } = await runLoad(cores?.load, {
        kind: 'reconnect',
        pid: server.pid,
        port: server.port,
        epoch: town.epoch,
        tokens: town.tokens,
        publishers,
        missedPerRoom: 20,
        settleMs: quick ? 200 : 1_000,
      })
      figures.add('reconnect', 'Parlance, native', 'caught up, p50', 'ms', latencies.p50)
      figures.add('reconnect', 'Parlance, native', 'caught up, p95', 'ms', latencies.p95)
      figures.add('reconnect', 'Parlance, native', 'caught up, last', 'ms', latencies.max)
      figures.add('reconnect', 'Parlance, native', 'lost', 'clients', missed)
      figures.add('reconnect', 'Parlance, native', 'doubled', 'events', doubled)
    }
    return figures.all
  },
}
