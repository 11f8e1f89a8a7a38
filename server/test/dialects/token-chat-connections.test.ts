import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ContractClient } from '../support/contract-client.ts'
import { NativeClient } from '../support/native-client.ts'
import { ask } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'
import { authSocket, type Holder, hiddenRoom, holder, madeRoom, roomSocket } from '../support/token-chat.ts'

let server: TestServer

before(async () => {
  server = await startTestServer()
})

after(() => server[Symbol.asyncDispose]())

async function connections(who?: Holder | { readonly token: string }, path = '/api/connections') {
  const answer = await ask(server, 'GET', path, { token: who?.token })
  assert.equal(answer.status, 200, answer.text)
  return answer.body
}

/** What is told when this many connections are open. */
const told = (count: number, rooms: Record<string, number> = {}) => ({
  total_connections: count,
  active_connections: count,
  connections_by_room: rooms,
})

/** Waits until as many are counted: a server learns of a closed socket a moment after its client. */
async function untilCounted(count: number, who?: Holder): Promise<unknown> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const counted = await connections(who)
    if (counted.total_connections === count || Date.now() > deadline) return counted
  }
}

describe('GET /api/connections', () => {
  it('[002 GET /api/connections 200] answers anybody, also at /connections and with the slash', async () => {
    for (const path of ['/api/connections', '/api/connections/', '/connections', '/connections/']) {
      assert.deepEqual(await connections(undefined, path), told(0), path)
    }
  })

  it('[002 GET /api/connections] counts the sockets of all dialects, and by room for the caller’s rooms', async () => {
    const ann = await holder(server, 'ann')
    const ben = await holder(server, 'ben')
    const room = await madeRoom(server, ann)
    const other = await madeRoom(server, ben)
    const hidden = await hiddenRoom(server, ann)
    using a = await roomSocket(server, ann, room)
    using b = await roomSocket(server, ben, room)
    using native = await NativeClient.open(server, { token: ben.token })
    using text = await ContractClient.open(server, '/ws/a-name')
    using json = await ContractClient.open(server, '/ws/a-name?username=Cid')
    using plain = await ContractClient.open(server, '/ws')
    using chat = await ContractClient.open(server, `/ws/chat/${other}?token=${ben.token}`)
    for (const path of ['/api/connections', '/connections']) {
      assert.deepEqual(await connections(undefined, path), told(7))
      assert.deepEqual(await connections(ann, path), told(7, { [room]: 3 }))
      assert.deepEqual(await connections(ben, path), told(7, { [room]: 3, [other]: 2 }))
    }
    using own = await NativeClient.open(server, { token: ann.token })
    assert.deepEqual(await connections(ann), told(8, { [room]: 4 }))
    assert.ok(!(hidden in (await connections(ann)).connections_by_room))
    for (const client of [a, b, native, text, json, plain, chat, own]) client.socket.terminate()
    assert.deepEqual(await untilCounted(0, ann), told(0))
  })

  it('[002 GET /api/connections] takes a token that is not good for none', async () => {
    const cid = await holder(server, 'cid')
    const room = await madeRoom(server, cid)
    using client = await authSocket(server, cid)
    assert.deepEqual(await connections(cid), told(1, { [room]: 1 }))
    for (const token of ['x', `${cid.token}x`]) assert.deepEqual(await connections({ token }), told(1))
    await ask(server, 'POST', `/api/rooms/${room}/leave`, { token: cid.token })
    assert.deepEqual(await connections(cid), told(1))
    client.socket.terminate()
    assert.deepEqual(await untilCounted(0), told(0))
  })
})
