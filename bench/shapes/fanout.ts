import { startParlance } from '../servers/parlance.ts'
import { startLimit, startPlainWs, startSocketIo } from '../servers/peers.ts'
import { chatroomsMember, stockSocketIoMember, storedMember, textMember } from '../servers/sockets.ts'
import type { TownPlan } from '../servers/town.ts'
import { type Contestant, contest, type Layout, townContestant } from './contest.ts'
import { type Context, Figures, type Shape } from './shape.ts'

export const layouts: Readonly<Record<string, Layout>> = {
  a: { rooms: 1, members: 1_000, publishers: 1, window: 1 },
  b: { rooms: 1, members: 1_000, publishers: 10, window: 1 },
  c: { rooms: 1, members: 1_000, publishers: 100, window: 1 },
  d: { rooms: 1, members: 32, publishers: 32, window: 8 },
  e: { rooms: 200, members: 10, publishers: 10, window: 1 },
}

/** Accounts of the stored rooms: each is in all of them, on many sockets. */
const accounts = 20

function crowded({ rooms }: Layout): TownPlan {
  const all = Array.from({ length: rooms }, (_, room) => room)
  return { users: accounts, rooms, roomsOf: () => all }
}

export const contestants = {
  parlance: {
    name: 'Parlance',
    start: async (core) => ({ ...(await startParlance(core)), member: textMember }),
  },
  plainWs: {
    name: 'ws loop',
    start: async (core) => ({ ...(await startPlainWs(core)), member: textMember }),
  },
  limit: {
    name: 'C, epoll',
    start: async (core) => {
      const server = await startLimit(core)
      return server && { ...server, member: textMember }
    },
  },
  stored: townContestant('Parlance, stored', storedMember, crowded),
  socketIo: {
    name: 'Socket.IO',
    start: async (core) => ({ ...(await startSocketIo(core)), member: stockSocketIoMember }),
  },
  storedSocketIo: townContestant('Parlance, stored, Socket.IO', chatroomsMember, crowded),
} as const satisfies Record<string, Contestant>

/** Those that the bars speak of; the others are measured in the first round alone. */
const compared = [contestants.parlance, contestants.plainWs, contestants.limit, contestants.stored]

export const fanout: Shape = {
  name: 'fanout',
  about: 'One message to many: CPU of the server per delivery',
  async measure(context) {
    const figures = new Figures()
    const chosen = Object.entries(layouts).filter(([part]) => isWanted(context, part))
    for (const [part, layout] of chosen) {
      const small = context.quick ? reduced(layout) : layout
      for (let round = 1; round <= context.rounds; round += 1) {
        for (const contestant of round === 1 ? Object.values(contestants) : compared) {
          context.progress(`fanout ${part}, round ${round} of ${context.rounds}: ${contestant.name}`)
          await contest(context, contestant, small, `fanout ${part}`, figures)
        }
      }
    }
    return figures.all
  },
}

function isWanted({ parts, quick }: Context, part: string): boolean {
  return parts.length === 0 ? !quick || part === 'b' : parts.includes(part)
}

function reduced({ rooms, members, publishers, window }: Layout): Layout {
  return {
    window,
    rooms: Math.min(rooms, 10),
    members: Math.min(members, 50),
    publishers: Math.min(publishers, 10),
  }
}
