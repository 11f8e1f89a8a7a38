import type { SocketPlan } from '../load/pump.ts'
import type { ServerProcess } from '../servers/process.ts'
import type { Member } from '../servers/sockets.ts'

/** How many rooms, members of each, publishers among those, and messages that each of these has on the way. */
export interface Layout {
  readonly rooms: number
  readonly members: number
  readonly publishers: number
  readonly window: number
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
