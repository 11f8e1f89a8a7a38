// The yardstick of the durable path: bare `ws`, one SQLite commit for all messages of a turn of the event loop, then one
// write per member. No accounts, no checks, no log, no answers: what is left is what storing and telling cost.
import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { WebSocketServer } from 'ws'
import { textFrames } from '../../server/src/live/frame.ts'

const database = new DatabaseSync(process.argv[2] ?? ':memory:')
database.exec('pragma journal_mode = wal; pragma synchronous = full')
database.exec('create table messages (id integer primary key, room text, at text, text text)')
const insert = database.prepare('insert into messages (room, at, text) values (?, ?, ?)')

const rooms = new Map<string, Set<Socket>>()
let arrived: { readonly room: string; readonly text: string }[] = []

function commit(): void {
  const messages = arrived
  arrived = []
  const texts = new Map<string, string[]>()
  const at = new Date().toISOString()
  database.exec('begin')
  for (const { room, text } of messages) {
    const { lastInsertRowid: id } = insert.run(room, at, text)
    const ofRoom = texts.get(room) ?? []
    texts.set(room, ofRoom)
    ofRoom.push(JSON.stringify({ type: 'new_message', id: Number(id), text, room, created_at: at }))
  }
  database.exec('commit')
  for (const [room, ofRoom] of texts) {
    const frames = textFrames(ofRoom)
    for (const socket of rooms.get(room) ?? []) socket.write(frames)
  }
}

const http = createServer()
const server = new WebSocketServer({ noServer: true })
http.on('upgrade', (request, socket: Socket, head) => {
  server.handleUpgrade(request, socket, head, (client) => {
    const name = request.url ?? '/'
    const room = rooms.get(name) ?? new Set()
    rooms.set(name, room)
    room.add(socket)
    client.on('error', console.error)
    client.on('close', () => room.delete(socket))
    client.on('message', (data) => {
      const { text } = JSON.parse(String(data))
      if (arrived.length === 0) setImmediate(commit)
      arrived.push({ room: name, text })
    })
  })
})
http.listen(Number(process.env.PORT), '127.0.0.1')
