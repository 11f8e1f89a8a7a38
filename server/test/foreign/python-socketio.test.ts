import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertStored, openRoom, usersOf } from '../support/chatrooms.ts'
import { runPython } from '../support/python.ts'
import { startTestServer } from '../support/start-server.ts'

for (const transports of ['websocket', 'polling', 'polling,websocket']) {
  test(`[003 Socket.IO] two clients of python-socketio, by ${transports}`, async () => {
    await using server = await startTestServer()
    const room = await openRoom(server)
    const session = await runPython('socketio_session.py', server.url, String(room), transports)
    const { heard, answers, sids } = session
    const last = transports.split(',').at(-1)
    assert.deepEqual(session.transports, [last, last])
    const { chatroom_id: _, ...message } = answers.stored
    const ann = { sid: sids.ann, username: 'Ann', room_id: room }
    const unnamed = { sid: sids.bob, username: `user_${sids.bob.slice(0, 5)}`, room_id: room }
    const bob = { ...unnamed, username: 'Bob' }
    assert.deepEqual(heard.ann, [
      ['user_joined', ann],
      ['user_joined', unnamed],
      ['new_message', message],
      ['user_left', unnamed],
      ['user_joined', bob],
      ['user_left', bob],
    ])
    assert.deepEqual(heard.bob, [
      ['user_joined', unnamed],
      ['new_message', message],
      ['error', { error: 'Chatroom not found' }],
      ['user_joined', bob],
    ])
    assertStored(answers.stored, room, 'Bob', 'héllo 👋')
    assert.deepEqual(answers.refused, { error: 'Chatroom not found' })
    assert.deepEqual([answers.joined, answers.left], [null, null], 'answered without an argument')
    while ((await usersOf(server, room)).length > 0);
  })
}
