import { stampHole } from '../load/stamp.ts'
import { startParlance } from '../servers/parlance.ts'
import { runLoad } from '../servers/run-load.ts'
import { textMember } from '../servers/sockets.ts'
import { Figures, type Shape, shortRounds } from './shape.ts'

/** Characters of a message: large, so that what the kernel holds for who does not read is full soon. */
const messageLength = 16_000
const perSecond = 200

export const slow: Shape = {
  name: 'slow',
  about: 'A reader that never reads: what the others notice, and what it costs until it is closed',
  async measure(context) {
    const { cores, quick, progress } = context
    const figures = new Figures()
    const members = quick ? 10 : 50
    const rounds = shortRounds(context)
    for (let round = 1; round <= rounds; round += 1) {
      // Each way comes first in turns.
      for (const deaf of round % 2 === 1 ? [0, 1] : [1, 0]) {
        progress(`slow, round ${round} of ${rounds}: ${deaf} of ${members} never read`)
        await using server = await startParlance(cores?.server)
        const sockets = Array.from({ length: members }, (_, index) => {
          const plan = textMember({ index, room: 0, publishes: false })
          return index === 0 ? { ...plan, template: stampHole.padEnd(messageLength, 'a') } : plan
        })
        const { latencies, grownBytes, queuedBytes, closed } = await runLoad(cores?.load, {
          kind: 'pace',
          pid: server.pid,
          port: server.port,
          sockets,
          perSecond,
          warmupMs: quick ? 200 : 2_000,
          measureMs: quick ? 400 : 6_000,
          afterMs: quick ? 100 : 2_000,
          deaf,
        })
        const name = deaf === 0 ? 'all read' : 'one never reads'
        figures.add('slow', 'Parlance', `${name}: p99 of the others`, 'ms', latencies.p99)
        figures.add(
          'slow',
          'Parlance',
          `${name}: growth of memory`,
          'MiB',
          grownBytes && grownBytes / 2 ** 20,
        )
        figures.add(
          'slow',
          'Parlance',
          `${name}: most that waited`,
          'MiB',
          queuedBytes === undefined ? undefined : queuedBytes / 2 ** 20,
        )
        if (deaf > 0) figures.add('slow', 'Parlance', 'closed as slow', 'of 1', closed)
      }
    }
    return figures.all
  },
}
