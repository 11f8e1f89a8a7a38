import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ContractClient } from '../support/contract-client.ts'
import { NativeClient } from '../support/native-client.ts'
import { PacketClient } from '../support/packet-client.ts'
import { ask } from '../support/rest.ts'
import { type Heard, Stage } from '../support/stage.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'
import { authSocket, type Holder, holder, joinedSocket, roomSocket } from '../support/token-chat.ts'

let server: TestServer
/** Listens to the room in every dialect. */
let watch: Holder
/** Acts. */
let ann: Holder

before(async () => {
  server = await startTestServer()
  watch = await holder(server, 'watch')
  ann = await holder(server, 'ann')
})

after(() => server[Symbol.asyncDispose]())

/** What is done, by an actor that is there already. */
type Act = () => unknown
/** Brings the actor to the place, and gives what it does there. What it holds open it gives to `keep`. */
type Scene = (room: number, keep: <T extends Disposable>(client: T) => T) => Promise<Act>

const guest = 'Gil'
const rest = (method: string, path: string, body?: unknown) =>
  ask(server, method, path, { token: ann.token, body })
const join = (room: number) => rest('POST', `/api/rooms/${room}/join`)
const envelope = (room: number) => ContractClient.open(server, `/ws/chat/${room}?token=${ann.token}`)
const native = () => NativeClient.open(server, { token: ann.token })
const packets = async (keep: Parameters<Scene>[1], room?: number) => {
  const client = keep(await PacketClient.open(server))
  if (room !== undefined) await client.join(room, guest)
  return client
}

const messages: Record<string, { readonly guest?: true; readonly scene: Scene }> = {
  'a 002 /ws/room socket': {
    scene: async (room, keep) => {
      const client = keep(await roomSocket(server, ann, room))
      return () => client.send({ content: 'hi' })
    },
  },
  'a 002 /ws/auth socket': {
    scene: async (room, keep) => {
      const client = keep(await joinedSocket(server, ann, room))
      return () => client.send({ content: 'hi', room_id: room })
    },
  },
  '002 REST': {
    scene: async (room) => {
      await join(room)
      return () => rest('POST', `/api/rooms/${room}/messages`, { content: 'hi' })
    },
  },
  'a 003 socket': {
    guest: true,
    scene: async (room, keep) => {
      const client = await packets(keep)
      return () => client.emit('send_message', { room_id: room, sender: guest, content: 'hi' })
    },
  },
  '003 REST': {
    guest: true,
    scene: async (room) => () =>
      rest('POST', `/chatrooms/${room}/messages`, { sender: guest, message: 'hi' }),
  },
  'a 004 socket': {
    scene: async (room, keep) => {
      await join(room)
      const client = keep(await envelope(room))
      await client.next()
      return () => client.send({ text: 'hi' })
    },
  },
  'a native socket': {
    scene: async (room, keep) => {
      await join(room)
      const client = keep(await native())
      return () => client.do('message.send', { room, text: 'hi' })
    },
  },
}

/** `joins`: whether a membership begins, which native sockets are told. */
const entries: Record<string, { readonly guest?: true; readonly joins?: true; readonly scene: Scene }> = {
  '002 REST': { joins: true, scene: async (room) => () => join(room) },
  'a 002 /ws/room socket, of who is no member': {
    joins: true,
    scene: async (room, keep) => async () => keep(await roomSocket(server, ann, room)),
  },
  'a 002 /ws/room socket, of a member': {
    scene: async (room, keep) => {
      await join(room)
      return async () => keep(await roomSocket(server, ann, room))
    },
  },
  'a 002 /ws/auth socket, of who is no member': {
    joins: true,
    scene: async (room, keep) => {
      const client = keep(await authSocket(server, ann))
      return () => client.send({ type: 'join_room', room_id: room })
    },
  },
  'a 002 /ws/auth socket, of a member': {
    scene: async (room, keep) => {
      await join(room)
      const client = keep(await authSocket(server, ann))
      return () => client.send({ type: 'join_room', room_id: room })
    },
  },
  'a 003 socket': {
    guest: true,
    scene: async (room, keep) => {
      const client = await packets(keep)
      return () => client.join(room, guest)
    },
  },
  '004 REST': { joins: true, scene: async (room) => () => rest('POST', `/api/chat/rooms/${room}/join`) },
  'a 004 socket': {
    scene: async (room, keep) => {
      await join(room)
      return async () => keep(await envelope(room))
    },
  },
  'native REST': { joins: true, scene: async (room) => () => rest('POST', `/v1/rooms/${room}/join`) },
  'a native socket': {
    scene: async (room, keep) => {
      await join(room)
      return async () => keep(await native())
    },
  },
}

const losses: Record<string, { readonly guest?: true; readonly scene: Scene }> = {
  'a 002 /ws/room socket': {
    scene: async (room) => {
      const client = await roomSocket(server, ann, room)
      return () => client.socket.terminate()
    },
  },
  'a 002 /ws/auth socket': {
    scene: async (room) => {
      const client = await joinedSocket(server, ann, room)
      return () => client.socket.terminate()
    },
  },
  'a 003 socket': {
    guest: true,
    scene: async (room, keep) => {
      const client = await packets(keep, room)
      return () => client.socket.disconnect()
    },
  },
  'a 004 socket': {
    scene: async (room) => {
      await join(room)
      const client = await envelope(room)
      await client.next()
      return () => client.socket.terminate()
    },
  },
  'a native socket': {
    scene: async (room) => {
      await join(room)
      const client = await native()
      await client.settled()
      return () => client.socket.terminate()
    },
  },
}

const leavings: Record<string, { readonly guest?: true; readonly scene: Scene }> = {
  '002 REST': {
    scene: async (room) => {
      await join(room)
      return () => rest('POST', `/api/rooms/${room}/leave`)
    },
  },
  'a 002 socket': {
    scene: async (room, keep) => {
      const client = keep(await joinedSocket(server, ann, room))
      return () => client.send({ type: 'leave_room', room_id: room })
    },
  },
  'a 003 socket': {
    guest: true,
    scene: async (room, keep) => {
      const client = await packets(keep, room)
      return () => client.ask('leave_room', { room_id: room })
    },
  },
  '004 REST': {
    scene: async (room) => {
      await join(room)
      return () => rest('POST', `/api/chat/rooms/${room}/leave`)
    },
  },
  'a native socket': {
    scene: async (room, keep) => {
      await join(room)
      const client = keep(await native())
      return () => client.do('room.leave', { room })
    },
  },
}

const typings: Record<string, { readonly guest?: true; readonly scene: Scene }> = {
  'a 002 /ws/room socket': {
    scene: async (room, keep) => {
      const client = keep(await roomSocket(server, ann, room))
      return () => client.send({ type: 'typing' })
    },
  },
  'a 002 /ws/auth socket': {
    scene: async (room, keep) => {
      const client = keep(await joinedSocket(server, ann, room))
      return () => client.send({ type: 'typing', room_id: room })
    },
  },
  'a native socket': {
    scene: async (room, keep) => {
      await join(room)
      const client = keep(await native())
      return () => client.do('typing', { room })
    },
  },
}

/** What the watchers of each dialect are told of one thing; null: nothing. */
interface Told {
  readonly token: Heard
  readonly packets: Heard | null
  readonly envelope: Heard | null
  readonly native: Heard | null
}

/** Plays a scene and sees that each watcher hears exactly what the table says. */
async function play(scene: Scene, expected: Told): Promise<void> {
  using stage = await Stage.open(server, watch)
  using kept = new DisposableStack()
  const act = await scene(stage.room, (client) => kept.use(client))
  await stage.heard()
  await act()
  assert.deepEqual(await stage.told(), expected.token)
  const { room, auth, packets, envelope, native } = await stage.heard()
  const one = (heard: Heard | null) => (heard === null ? [] : [heard])
  assert.deepEqual(room, [])
  assert.deepEqual(
    { auth, packets, envelope, native },
    {
      auth: one(expected.token),
      packets: one(expected.packets),
      envelope: one(expected.envelope),
      native: one(expected.native),
    },
  )
}

const idOf = (isGuest?: true) => (isGuest ? null : ann.id)
const nameOf = (isGuest?: true) => (isGuest ? guest : ann.name)

describe('across dialects, in one room', () => {
  for (const [by, { guest, scene }] of Object.entries(messages)) {
    it(`[§6 a message] by ${by}`, async () => {
      const [id, name] = [idOf(guest), nameOf(guest)]
      await play(scene, {
        token: ['message', id, name, 'hi'],
        packets: ['new_message', name, 'hi'],
        envelope: ['new_message', id, name, 'hi'],
        native: ['message.created', name, 'hi'],
      })
    })
  }

  for (const [by, { guest, joins, scene }] of Object.entries(entries)) {
    it(`[§6 someone enters] by ${by}`, async () => {
      const [id, name] = [idOf(guest), nameOf(guest)]
      await play(scene, {
        token: ['user_joined', id, name],
        packets: ['user_joined', name],
        envelope: ['user_activity', id, 'joined'],
        native: joins ? ['member.joined', name] : null,
      })
    })
  }

  for (const [by, { guest, scene }] of Object.entries(losses)) {
    it(`[§6 connection lost] by ${by}`, async () => {
      const [id, name] = [idOf(guest), nameOf(guest)]
      await play(scene, {
        token: ['user_disconnected', id, name],
        packets: ['user_left', name],
        envelope: ['user_activity', id, 'left'],
        native: null,
      })
    })
  }

  for (const [by, { guest, scene }] of Object.entries(leavings)) {
    it(`[§6 leaves] by ${by}`, async () => {
      const [id, name] = [idOf(guest), nameOf(guest)]
      await play(scene, {
        token: ['user_left', id, name],
        packets: ['user_left', name],
        envelope: ['user_activity', id, 'left'],
        native: guest ? null : ['member.left', name],
      })
    })
  }

  for (const [by, { scene }] of Object.entries(typings)) {
    it(`[§6 typing] by ${by}`, async () => {
      await play(scene, {
        token: ['user_typing', ann.id, ann.name],
        packets: null,
        envelope: null,
        native: ['typing', ann.name],
      })
    })
  }

  it('[§6 connection lost] is told to 004 of an account’s last connection only, whatever its dialect', async () => {
    const second: Scene = async (room, keep) => {
      keep(await roomSocket(server, ann, room))
      const client = await envelope(room)
      await client.next()
      return () => client.socket.terminate()
    }
    await play(second, {
      token: ['user_disconnected', ann.id, ann.name],
      packets: ['user_left', ann.name],
      envelope: null,
      native: null,
    })
  })

  it('[§6 connection lost] of an account that only listens elsewhere: 004 hears that it left', async () => {
    const listening: Scene = async (room, keep) => {
      await join(room)
      keep(await authSocket(server, ann))
      const client = await envelope(room)
      await client.next()
      return () => client.socket.terminate()
    }
    await play(listening, {
      token: ['user_disconnected', ann.id, ann.name],
      packets: ['user_left', ann.name],
      envelope: ['user_activity', ann.id, 'left'],
      native: null,
    })
  })

  it('[§6] nothing else is told: edits, reactions, deletions and markers are native', async () => {
    using stage = await Stage.open(server, watch)
    using client = await roomSocket(server, ann, stage.room)
    client.send({ content: 'first' })
    const { id: message } = await client.next()
    await stage.heard()
    const path = `/v1/rooms/${stage.room}/messages/${message}`
    assert.equal((await rest('PATCH', path, { text: 'edited' })).status, 200)
    assert.ok((await rest('PUT', `${path}/reactions/${encodeURIComponent('👍')}`)).status < 300)
    assert.ok((await rest('DELETE', path)).status < 300)
    const { room, auth, packets, envelope, native } = await stage.heard()
    assert.deepEqual({ room, auth, packets, envelope }, { room: [], auth: [], packets: [], envelope: [] })
    assert.deepEqual(
      native.map(([type]) => type),
      ['message.edited', 'reaction.added', 'message.deleted'],
    )
  })

  it('[§0 one room] is the same by its id in every contract', async () => {
    const made = await rest('POST', '/api/rooms/', { name: 'the same' })
    const { id } = made.body
    const listed = async (path: string) => (await rest('GET', path)).body
    const has = (rooms: { id: number; name: string }[]) =>
      rooms.some((room) => room.id === id && room.name === 'the same')
    assert.ok(has(await listed('/api/rooms/')))
    assert.ok(has(await listed('/api/chat/rooms')))
    assert.ok(has((await listed('/v1/rooms')).rooms))
    assert.ok(!has(await listed('/chatrooms')), 'guests see open rooms only')
    const anonymous = await ask(server, 'GET', `/chatrooms/${id}/messages`)
    assert.equal(anonymous.status, 404)
  })
})
