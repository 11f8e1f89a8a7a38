import { startPlainWs, startSocketIo } from '../servers/peers.ts'
import { runLoad } from '../servers/run-load.ts'
import { nativeMember, stockSocketIoMember, textMember } from '../servers/sockets.ts'
import { type Contestant, townContestant } from './contest.ts'
import { contestants } from './fanout.ts'
import { Figures, type Shape } from './shape.ts'

/** Connections in a room, and accounts: each of these has several connections. */
const perRoom = 10
const accounts = 1_000

const idlers: readonly Contestant[] = [
  { name: 'Parlance, text rooms', start: contestants.parlance.start },
  townContestant('Parlance, native', nativeMember, ({ rooms }) => ({
    users: accounts,
    rooms,
    roomsOf: (user) => [user % rooms],
  })),
  { name: 'Parlance, Socket.IO', start: contestants.storedSocketIo.start },
  { name: 'ws', start: async (core) => ({ ...(await startPlainWs(core)), member: textMember }) },
  {
    name: 'Socket.IO',
    start: async (core) => ({ ...(await startSocketIo(core)), member: stockSocketIoMember }),
  },
]

export const idle: Shape = {
  name: 'idle',
  about: 'Connections that say nothing: memory of each, and CPU for all of them',
  async measure({ cores, quick, progress }) {
    const figures = new Figures()
    const count = quick ? 200 : 10_000
    for (const { name, start } of quick ? idlers.slice(0, 2) : idlers) {
      progress(`idle, once for all rounds: ${count} connections to ${name}`)
      const layout = { rooms: count / perRoom, members: perRoom, publishers: 0, window: 1 }
      await using server = await start(cores?.server, layout)
      if (server === undefined) continue
      const sockets = Array.from({ length: count }, (_, index) =>
        server.member({ index, room: Math.floor(index / perRoom), publishes: false }),
      )
      const { bytesEach, idleUse } = await runLoad(cores?.load, {
        kind: 'idle',
        pid: server.pid,
        port: server.port,
        sockets,
        before: count / 10,
        restMs: quick ? 300 : 3_000,
      })
      figures.add(
        'idle',
        name,
        'memory of a connection',
        'kB',
        bytesEach === undefined ? undefined : bytesEach / 1_000,
      )
      figures.add(
        'idle',
        name,
        `CPU for ${count}`,
        '% of a core',
        idleUse === undefined ? undefined : idleUse * 100,
      )
    }
    return figures.all
  },
}
