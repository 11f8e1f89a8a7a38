import { type Client, createClient } from '../../src/client.ts'
import type { ClientOptions } from '../../src/options.ts'
import type { Room } from '../../src/room.ts'

let count = 0

/** A client that comes back fast after a cut. */
export function quick(options: ClientOptions): Client {
  return createClient({ random: () => 0.005, ...options })
}

/** Somebody new, who is connected. */
export async function arrive(options: ClientOptions): Promise<Client> {
  const client = quick(options)
  count += 1
  await client.register({ name: `person${count}`, password: 'correct horse' })
  await client.connect()
  return client
}

/** A new public room with everyone in it, the first one its owner; gives it as each of them has it. */
export async function gather<const C extends readonly Client[]>(
  ...clients: C
): Promise<{ [K in keyof C]: Room }> {
  const [owner, ...others] = clients
  if (owner === undefined) throw new Error('A room needs an owner.')
  count += 1
  const { id } = await owner.request({ type: 'room.create', name: `room${count}`, visibility: 'public' })
  for (const other of others) await other.request({ type: 'room.join', room: id })
  return clients.map((client) => roomOf(client, id)) as { [K in keyof C]: Room }
}

/** A room that is there. */
export function roomOf(client: Client, id: number): Room {
  const room = client.room(id)
  if (room === undefined) throw new Error(`${client.getSnapshot().account?.name} is not in room ${id}`)
  return room
}

/** The texts that a room shows. */
export function texts(room: Room): string[] {
  return [...room.getSnapshot().timeline.messages].map(({ text }) => text)
}
