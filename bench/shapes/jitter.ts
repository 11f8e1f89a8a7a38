import { startParlance } from '../servers/parlance.ts'
import { runLoad } from '../servers/run-load.ts'
import { nativeMember } from '../servers/sockets.ts'
import { Figures, type Shape } from './shape.ts'

export const jitter: Shape = {
  name: 'jitter',
  about: 'A bad network: two broadcasts a second, every socket cut about each 15 s and back after 2 s',
  async measure({ cores, quick, progress }) {
    const figures = new Figures()
    const clients = quick ? 50 : 2_000
    progress(`jitter: ${clients} clients, once for all rounds`)
    const plan = { users: clients + 1, rooms: 1, roomsOf: () => [0] }
    await using server = await startParlance(cores?.server, plan)
    const { town } = server
    const { latencies, delivered, doubled, missed, cuts } = await runLoad(cores?.load, {
      kind: 'jitter',
      pid: server.pid,
      port: server.port,
      epoch: town.epoch,
      tokens: town.tokens.slice(0, clients),
      publisher: nativeMember({ index: clients, room: 0, publishes: true }, town),
      broadcasts: quick ? 6 : 120,
      everyMs: quick ? 200 : 500,
      upMs: quick ? 600 : 15_000,
      awayMs: quick ? 200 : 2_000,
    })
    const name = 'Parlance, native'
    figures.add('jitter', name, 'delivered once and in order', '%', delivered * 100)
    figures.add('jitter', name, 'doubled', 'events', doubled)
    figures.add('jitter', name, 'left out', 'events', missed)
    figures.add('jitter', name, 'cuts', '', cuts)
    figures.add('jitter', name, 'p95', 'ms', latencies.p95)
    figures.add('jitter', name, 'p99', 'ms', latencies.p99)
    return figures.all
  },
}
