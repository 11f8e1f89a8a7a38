import { contest } from './contest.ts'
import { contestants } from './fanout.ts'
import { Figures, type Shape, shortRounds } from './shape.ts'

const sizes = { full: [100, 1_000, 10_000], quick: [20, 200] } as const
const publishers = 10
const measureMs = 1_000

export const scale: Shape = {
  name: 'scale',
  about: 'Ten publishers in rooms of 100 to 10,000 members: CPU of the server per delivery',
  async measure(context) {
    const figures = new Figures()
    const rounds = shortRounds(context)
    for (let round = 1; round <= rounds; round += 1) {
      for (const members of context.quick ? sizes.quick : sizes.full) {
        // What the kernel's own cost of many sockets is, C shows.
        for (const contestant of [contestants.parlance, contestants.limit]) {
          context.progress(`scale, round ${round} of ${rounds}: ${members} members, ${contestant.name}`)
          const layout = { rooms: 1, members, publishers, window: 1, measureMs }
          await contest(context, contestant, layout, `scale ${members}`, figures)
        }
      }
    }
    return figures.all
  },
}
