/**
 * Two programs talk in a direct conversation: each counts one further when the other has counted, up to `limit`.
 * What they show is a snapshot, as it would be in a page. `node examples/node-to-node.ts http://127.0.0.1:8000`
 */
import { randomUUID } from 'node:crypto'
import { type Client, createClient } from '@parlance/client'
import type { Room } from '@parlance/client/room'

/** Gives what was said, as each of the two has it. */
export async function countTogether(url: string, limit: number): Promise<[string[], string[]]> {
  await using ping = await arrive(url, 'ping')
  await using pong = await arrive(url, 'pong')
  const user = pong.getSnapshot().account?.id ?? 0
  const { id } = await ping.request({ type: 'direct.open', user })
  const [left, right] = await Promise.all([enter(ping, id), enter(pong, id)])
  await left.send('1')
  await Promise.all([count(left, ping, limit), count(right, pong, limit)])
  return [texts(left), texts(right)]
}

async function arrive(url: string, name: string): Promise<Client> {
  const client = createClient({ url, name: 'a program' })
  await client.register({ name: `${name}-${randomUUID().slice(0, 8)}`, password: randomUUID() })
  await client.connect()
  return client
}

/** The room, open; the other side may still be about to hear of it. */
async function enter(client: Client, id: number): Promise<Room> {
  const room = await when(client, () => client.room(id))
  await room.open()
  return room
}

/** Answers each number of the other one with the next, until both have seen the last one. */
async function count(room: Room, { getSnapshot }: Client, limit: number): Promise<void> {
  const last = () => room.getSnapshot().timeline.messages.at(-1)
  for (let number = 0; number < limit; ) {
    const heard = await when(room, () => (Number(last()?.text) > number ? last() : undefined))
    number = Number(heard.text)
    if (number < limit && heard.author.id !== getSnapshot().account?.id) await room.send(String(number + 1))
  }
}

/** Waits until a snapshot lets something be found. */
function when<T>(source: Pick<Client, 'subscribe'>, find: () => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    const look = () => {
      const found = find()
      if (found === undefined) return
      end()
      resolve(found)
    }
    const end = source.subscribe(look)
    look()
  })
}

const texts = (room: Room) => Array.from(room.getSnapshot().timeline.messages, ({ text }) => text)

if (import.meta.main) {
  const [said] = await countTogether(process.argv[2] ?? 'http://127.0.0.1:8000', 10)
  console.log(said.join(' '))
}
