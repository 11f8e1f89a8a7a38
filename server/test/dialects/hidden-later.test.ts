import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { ContractClient } from '../support/contract-client.ts'
import { NativeClient } from '../support/native-client.ts'
import { PacketClient } from '../support/packet-client.ts'
import { startTestServer } from '../support/start-server.ts'
import { authSocket, holder, roomSocket } from '../support/token-chat.ts'

for (const from of ['public', 'open'] as const) {
  test(`[AC2] of a room that turns from ${from} to private no contract’s socket hears anything more`, async () => {
    await using server = await startTestServer()
    const [ann, bob] = [await holder(server, 'ann'), await holder(server, 'bob')]
    using owner = await NativeClient.open(server, { token: ann.token })
    using member = await NativeClient.open(server, { token: bob.token })
    const { id: room } = await owner.do('room.create', { name: `a ${from} room`, visibility: from })
    await member.do('room.join', { room })
    using account = await authSocket(server, bob)
    using envelope = await ContractClient.open(server, `/ws/chat/${room}?token=${bob.token}`)
    await envelope.until(({ type }) => type === 'user_activity')
    using guest = await PacketClient.open(server)
    await guest.join(room, 'Gus')
    using only = await ContractClient.open(server, `/ws/room/${room}?token=${bob.token}`)
    await only.until(({ type }) => type === 'user_joined')
    await owner.do('message.send', { room, text: 'before' })
    for (const client of [account, only]) await client.until(({ content }) => content === 'before')
    await envelope.until(({ text }) => text === 'before')

    const canary = randomUUID()
    await owner.do('room.update', { room, visibility: 'private' })
    for (let i = 0; i < 3; i += 1) await owner.do('message.send', { room, text: canary })
    await owner.do('room.update', { room, visibility: 'public' })
    await owner.do('message.send', { room, text: canary })
    // Members stay members: natively they hear it.
    await member.next(({ type, text }) => type === 'message.created' && text === canary)

    assert.deepEqual(await envelope.closed, { code: 1008, reason: 'not a member' })
    await assert.rejects(envelope.nextText(), /closed before a frame came/)
    for (const client of [account, only]) {
      client.send({ type: 'ping' })
      const heard = await client.until(({ type }) => type === 'pong')
      assert.equal(JSON.stringify(heard).includes(canary), false)
    }
    assert.equal(JSON.stringify(await guest.rest()).includes(canary), false)
    // Who comes anew is welcome in what is public again.
    using again = await roomSocket(server, bob, room)
    await owner.do('message.send', { room, text: 'after' })
    assert.equal((await again.next()).content, 'after')
  })
}
