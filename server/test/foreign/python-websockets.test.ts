import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newcomer, roomOf } from '../support/envelope.ts'
import { runPython } from '../support/python.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'
import { holder, madeRoom } from '../support/token-chat.ts'

let server: TestServer
let base: string

before(async () => {
  server = await startTestServer()
  base = server.url.replace(/^http/, 'ws')
})

after(() => server[Symbol.asyncDispose]())

const run = (name: string, ...args: readonly string[]) =>
  runPython('websockets_session.py', name, base, ...args)

/** A frame without its times. */
function timeless({ timestamp: _, created_at: __, ...frame }: Record<string, unknown>) {
  return frame
}

test('[000 WS /ws/{room}] a session of python-websockets', async () => {
  const session = await run('text-rooms')
  const texts = ['héllo 👋', '', '{"not": "parsed"}', 'done', 'Done ']
  assert.deepEqual(
    session.texts,
    texts.map((text) => [text, text]),
  )
  assert.deepEqual(session.farewells, Array(2).fill('Conversation ended by a participant.'))
  assert.deepEqual(session.endings, Array(2).fill([1000, '']))
  assert.deepEqual(session.refused, [403, 403])
})

test('[001 WS /ws/{room}?username] a session of python-websockets', async () => {
  const { frames, own } = await run('json-rooms')
  const system = (content: string) => ({ type: 'system', username: 'system', content })
  const message = (content: string) => ({ type: 'message', username: 'Bob', content })
  assert.deepEqual(frames.map(timeless), [
    system('Alice joined the room.'),
    system('Bob joined the room.'),
    message('hi'),
    message('plain'),
    system('Bob left the room.'),
  ])
  assert.deepEqual(timeless(own), system('Bob joined the room.'))
})

test('[002 /ws/auth, /ws/room, /ws/echo] a session of python-websockets', async () => {
  const maker = await holder(server, 'maker')
  const { token, id, name } = await holder(server, 'pia')
  const room = await madeRoom(server, maker)
  const { frames, history, echoed, refused } = await run('token-chat', token, String(room))
  const user = { user_id: id, username: name }
  const { client_id: _, ...established } = frames[0]
  const { id: message, ...told } = timeless(frames[3])
  assert.deepEqual(established, { type: 'connection_established', ...user })
  assert.equal(frames[1].type, 'room_joined')
  assert.deepEqual(timeless(frames[2]), { type: 'user_joined', ...user, room_id: room })
  assert.deepEqual(told, { type: 'message', content: 'hi', ...user, room_id: room })
  assert.deepEqual(timeless(frames[4]), { type: 'user_joined', ...user, room_id: room })
  assert.deepEqual(timeless(frames[5]), { type: 'user_disconnected', ...user, room_id: room })
  assert.deepEqual(frames[6], { type: 'error', content: 'Invalid JSON format' })
  assert.deepEqual([history.type, history.room_id], ['message_history', room])
  assert.deepEqual(history.messages.map(timeless), [{ id: message, content: 'hi', ...user }])
  assert.equal(echoed, 'Echo: hi')
  assert.equal(refused, 403)
})

test('[004 WS /ws/chat/{id}] a session of python-websockets', async () => {
  const quin = await newcomer(server, 'quin')
  const room = await roomOf(server, quin)
  const { frames, refused } = await run('envelope', quin.token, String(room))
  const joined = { type: 'user_activity', user_id: quin.id, action: 'joined' }
  const { id: _, ...told } = timeless(frames[1])
  assert.deepEqual(timeless(frames[0]), joined)
  const sender = { sender_id: quin.id, sender_username: 'quin' }
  assert.deepEqual(told, { type: 'new_message', text: 'hi', ...sender, room_id: room })
  assert.deepEqual(frames[2], { type: 'error', message: 'Invalid JSON format' })
  assert.deepEqual(timeless(frames[3]), joined)
  assert.equal(refused, 403)
})
