import { startParlance } from '../servers/parlance.ts'
import { runLoad } from '../servers/run-load.ts'
import { Figures, type Shape } from './shape.ts'

export const history: Shape = {
  name: 'history',
  about: 'Pages of 50 messages by REST, anywhere in a store of a million in 1,000 rooms',
  async measure({ cores, quick, rounds, progress }) {
    const figures = new Figures()
    const [rooms, messagesPerRoom] = quick ? [10, 200] : [1_000, 1_000]
    progress(`history: writing ${rooms * messagesPerRoom} messages`)
    const plan = { users: 100, rooms, messagesPerRoom, roomsOf: () => [] }
    await using server = await startParlance(cores?.server, plan)
    for (let round = 1; round <= rounds; round += 1) {
      progress(`history, round ${round} of ${rounds}`)
      const { latencies } = await runLoad(cores?.load, {
        kind: 'history',
        pid: server.pid,
        port: server.port,
        token: server.town.tokens[0] ?? '',
        rooms: server.town.rooms,
        messagesPerRoom,
        pages: quick ? 100 : 3_000,
      })
      figures.add('history', 'Parlance', 'page of 50, p50', 'ms', latencies.p50)
      figures.add('history', 'Parlance', 'page of 50, p99', 'ms', latencies.p99)
    }
    return figures.all
  },
}
