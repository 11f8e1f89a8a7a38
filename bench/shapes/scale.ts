import { contest } from './contest.ts'
import { contestants } from './fanout.ts'
import { Figures, type Shape } from './shape.ts'

const sizes = { full: [100, 1_000, 10_000], quick: [20, 200] } as const
const publishers = 10

export const scale: Shape = {
  name: 'scale',
  about: 'Ten publishers in rooms of 100 to 10,000 members: CPU of the server per delivery',
  async measure(context) {
    const figures = new Figures()
    for (let round = 1; round <= context.rounds; round += 1) {
      for (const members of context.quick ? sizes.quick : sizes.full) {
        context.progress(`scale, round ${round} of ${context.rounds}: ${members} members`)
        const layout = { rooms: 1, members, publishers, window: 1 }
        await contest(context, contestants.parlance, layout, `scale ${members}`, figures)
      }
    }
    return figures.all
  },
}
