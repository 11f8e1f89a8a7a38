/**
 * The main promise, shown: three people chat in two rooms while their sockets are cut at random and the server is
 * killed twice; at the end nobody has missed or doubled anything. `node examples/durable-chat.ts`
 */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Grant } from '@parlance/protocol/commands'
import type { Message, OwnRoom, RoomId } from '@parlance/protocol/models'
import { Chatter } from './chatter.ts'

const messages = 1_000
const kills = 2
const emojis = ['👍', '🎉', '😀', '❤️']

/** What was seen, for whoever runs it. */
export interface Outcome {
  readonly sent: number
  readonly events: number
  readonly cuts: number
  readonly kills: number
}

export async function durableChat(): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'parlance-example-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let server = await startServer(port, folder)
  try {
    const people = await Promise.all(['ann', 'bob', 'cid'].map((name) => register(url, name)))
    const rooms = await Promise.all(['tea', 'coffee'].map((name) => createRoom(url, people[0], name)))
    for (const { token } of people.slice(1)) {
      for (const room of rooms) await call(url, token, 'POST', `/v1/rooms/${room}/join`)
    }
    const chatters = people.map(({ token, account }) => new Chatter(url, token, account.id))
    for (const chatter of chatters) for (const room of rooms) chatter.follow(room)

    const acked = new Map<number, Message>()
    let killed = 0
    const troubles = setInterval(() => chatters[randomInt(chatters.length)]?.cut(), 50)
    await Promise.all(
      chatters.map(async (chatter) => {
        for (let i = 0; i < messages / chatters.length; i += 1) {
          const room = rooms[randomInt(rooms.length)] ?? 0
          const message = await chatter.ask<'message.send'>({
            type: 'message.send',
            room,
            text: `message ${i}`,
            nonce: randomUUID(),
          })
          acked.set(message.id, message)
          await playWith(chatter, message)
          if (acked.size > ((killed + 1) * messages) / (kills + 1) && killed < kills) {
            killed += 1
            server.kill('SIGKILL')
            await once(server, 'exit')
            server = await startServer(port, folder)
          }
        }
      }),
    )
    clearInterval(troubles)

    let events = 0
    for (const [i, chatter] of chatters.entries()) {
      const token = people[i]?.token ?? ''
      for (const room of rooms) {
        const fresh = await snapshot(url, token, room)
        await until(() => chatter.rooms.get(room)?.head === fresh.head)
        const state = chatter.rooms.get(room)
        assert.deepEqual(
          [...(state?.messages.values() ?? [])],
          fresh.messages,
          'the state equals a fresh snapshot',
        )
        assert.deepEqual([...(state?.members.keys() ?? [])].sort(), fresh.members.sort())
        const seqs = chatter.delivered.filter((delivery) => delivery.room === room).map(({ seq }) => seq)
        assert.deepEqual(
          seqs,
          Array.from(seqs, (_, n) => n + 1),
          'each (room, seq) once and in order',
        )
        assert.equal(seqs.length, fresh.head)
        const ids = new Set(fresh.messages.map(({ id }) => id))
        for (const message of acked.values()) {
          if (message.room === room)
            assert.ok(ids.has(message.id), 'every acknowledged message is in the log')
        }
        events += seqs.length
      }
    }
    const cuts = chatters.reduce((sum, chatter) => sum + chatter.cuts, 0)
    for (const chatter of chatters) chatter[Symbol.dispose]()
    return { sent: acked.size, events, cuts, kills: killed }
  } finally {
    server.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  }
}

/** Edits, deletes and reactions, all of which may be asked again after a cut. */
async function playWith(chatter: Chatter, { room, id }: Message): Promise<void> {
  const dice = randomInt(10)
  if (dice === 0) await chatter.ask<'message.delete'>({ type: 'message.delete', room, message: id })
  else if (dice < 3)
    await chatter.ask<'message.edit'>({ type: 'message.edit', room, message: id, text: `edited ${id}` })
  else if (dice < 6) {
    const emoji = emojis[randomInt(emojis.length)] ?? ''
    await chatter.ask<'reaction.add'>({ type: 'reaction.add', room, message: id, emoji })
    if (dice === 5)
      await chatter.ask<'reaction.remove'>({ type: 'reaction.remove', room, message: id, emoji })
  }
}

async function startServer(port: number, folder: string): Promise<ChildProcess> {
  const limits = { LIMIT_MESSAGES_PER_SECOND: '0', LIMIT_REQUESTS_PER_MINUTE: '0' }
  const env = {
    ...process.env,
    PORT: String(port),
    DATA_DIR: folder,
    LOG_FORMAT: 'text',
    LOG_LEVEL: 'info',
    ...limits,
  }
  const main = join(import.meta.dirname, '../server/src/main.ts')
  const server = spawn(process.execPath, [main], { env, cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: server.stdout })) if (line.includes('listens')) break
  server.stdout.resume()
  return server
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function call<T>(url: string, token: string, method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(url + path, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}

function register(url: string, name: string): Promise<Grant> {
  return call(url, '', 'POST', '/v1/accounts', { name, password: randomUUID() })
}

async function createRoom(url: string, owner: Grant | undefined, name: string): Promise<RoomId> {
  const room = await call<OwnRoom>(url, owner?.token ?? '', 'POST', '/v1/rooms', {
    name,
    visibility: 'public',
  })
  return room.id
}

/** Everything in a room, as one who comes anew reads it. */
async function snapshot(url: string, token: string, room: RoomId) {
  const found: Message[] = []
  for (let after = 0; ; ) {
    const path = `/v1/rooms/${room}/messages?after=${after}&limit=200`
    const page = await call<{ messages: Message[]; more: boolean }>(url, token, 'GET', path)
    found.push(...page.messages)
    after = found.at(-1)?.seq ?? 0
    if (!page.more) break
  }
  const { head } = await call<OwnRoom>(url, token, 'GET', `/v1/rooms/${room}`)
  const { members } = await call<{ members: { user: { id: number } }[] }>(
    url,
    token,
    'GET',
    `/v1/rooms/${room}/members`,
  )
  return { head, messages: found, members: members.map(({ user }) => user.id) }
}

/** Waits for a condition, up to 30 s. */
async function until(condition: () => boolean): Promise<void> {
  for (const start = Date.now(); !condition(); ) {
    if (Date.now() - start > 30_000) throw new Error('It did not come to be within 30 s.')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

if (import.meta.main) {
  const { sent, events, cuts, kills } = await durableChat()
  console.log(
    `${sent} messages, ${events} events delivered once and in order, ${cuts} cuts, ${kills} kills: nothing lost.`,
  )
}
