import { usageOf } from '../load/usage.ts'
import { startParlance } from '../servers/parlance.ts'
import { Figures, type Shape } from './shape.ts'

export const start: Shape = {
  name: 'start',
  about: 'From the start of the process to its first accepted connection, over an empty store',
  async measure({ cores, quick, rounds, progress }) {
    const figures = new Figures()
    const times = quick ? 1 : 3
    for (let round = 1; round <= rounds * times; round += 1) {
      progress(`start, ${round} of ${rounds * times}`)
      await using server = await startParlance(cores?.server)
      figures.add('start', 'Parlance', 'start to ready', 'ms', server.startMs)
      const residentBytes = usageOf(server.pid)?.residentBytes
      figures.add('start', 'Parlance', 'memory when ready', 'MB', residentBytes && residentBytes / 1e6)
    }
    return figures.all
  },
}
