import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { readConfig } from '../../src/config.ts'
import { startServer } from '../../src/server.ts'
import { makeLog } from '../../src/telemetry/log.ts'
import { ContractClient } from '../support/contract-client.ts'
import { ask, register } from '../support/rest.ts'

/** A server with the log of a terminal or of a file; `lines` are what it wrote since it listens. */
async function start(logFormat: 'text' | 'json') {
  const config = readConfig({
    SECRET_KEY: randomBytes(32).toString('hex'),
    PORT: '0',
    DATABASE_URL: 'sqlite://',
    LIMIT_MESSAGES_PER_SECOND: '0',
  })
  const written: string[] = []
  let wake = () => {}
  const out = {
    write(line: string) {
      written.push(line)
      wake()
    },
  }
  const server = await startServer(config, makeLog({ logLevel: 'trace', logFormat }, out))
  // That the server listens is no event of a room.
  written.length = 0
  const lines = () => written.join('').trimEnd().split('\n')
  return Object.assign(server, {
    lines,
    /** Resolves when a line that ends so has been written. */
    async logged(end: string): Promise<void> {
      while (!lines().some((line) => line.endsWith(end))) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  })
}

const time = /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] /

/** Seed 000's session: two come, one speaks, one says Done; then one comes, and goes as the last. */
async function converse(server: Awaited<ReturnType<typeof start>>): Promise<void> {
  using ann = await ContractClient.open(server, '/ws/test-room')
  using ben = await ContractClient.open(server, '/ws/test-room')
  ann.send('Hello!')
  await ben.nextText()
  ben.send('Done')
  await Promise.all([ann.closed, ben.closed])
  using cy = await ContractClient.open(server, '/ws/test-room')
  using dee = await ContractClient.open(server, '/ws/test-room')
  await cy.close()
  await server.logged('Client disconnected from room test-room.')
  await dee.close()
  await server.logged('last client left.')
}

const session = [
  'Client connected to room test-room. Total clients: 1',
  'Client connected to room test-room. Total clients: 2',
  'Received message in room test-room: Hello!',
  'Conversation ended by a participant in room test-room.',
  'Room test-room closed and removed.',
  'Client connected to room test-room. Total clients: 1',
  'Client connected to room test-room. Total clients: 2',
  'Client disconnected from room test-room.',
  'Client disconnected from room test-room.',
  'Room test-room removed after last client left.',
]

describe('the log of text rooms', () => {
  it('[000 log] text mode: [YYYY-MM-DD HH:MM:SS] INFO: and the six lines, letter by letter', async () => {
    await using server = await start('text')
    await converse(server)
    for (const line of server.lines()) assert.match(line, time)
    assert.deepEqual(
      server.lines().map((line) => line.replace(time, '')),
      session.map((line) => `INFO: ${line}`),
    )
  })

  it('[000 log] JSON mode: the same in msg', async () => {
    await using server = await start('json')
    const messages = () => server.lines().map((line) => JSON.parse(line).msg)
    using ann = await ContractClient.open(server, '/ws/test-room')
    ann.send('Hello!\nworld')
    await ann.nextText()
    assert.deepEqual(messages(), [
      'Client connected to room test-room. Total clients: 1',
      'Received message in room test-room: Hello!\\u000aworld',
    ])
  })

  it('[000 log] X and R are escaped and forge no line, X is cut to 200 characters', async () => {
    await using server = await start('text')
    using ann = await ContractClient.open(server, '/ws/a%0Ab')
    const forged = 'x\r\n[2026-01-01 00:00:00] INFO: forged\u2028\u202e\u001b[31m'
    for (const text of [forged, '🦜'.repeat(300), '\n'.repeat(300), 'He said "100 %d"', '']) {
      ann.send(text)
      await ann.nextText()
    }
    const received = server
      .lines()
      .map((line) => line.replace(time, '').replace('INFO: Received message in room a\\u000ab: ', ''))
      .slice(1)
    assert.deepEqual(received, [
      'x\\u000d\\u000a[2026-01-01 00:00:00] INFO: forged\\u2028\\u202e\\u001b[31m',
      '🦜'.repeat(200),
      '\\u000a'.repeat(34).slice(0, 200),
      'He said "100 %d"',
      'INFO: Received message in room a\\u000ab:',
    ])
  })

  it('[000 log] after Done nobody is logged as disconnected, and what came later not at all', async () => {
    await using server = await start('text')
    using ann = await ContractClient.open(server, '/ws/test-room')
    for (const text of ['Done', 'late', 'Done']) ann.send(text)
    await ann.closed
    using ben = await ContractClient.open(server, '/ws/marker')
    ben.send('marker')
    await ben.nextText()
    assert.deepEqual(
      server.lines().map((line) => line.replace(time, '')),
      [
        'INFO: Client connected to room test-room. Total clients: 1',
        'INFO: Conversation ended by a participant in room test-room.',
        'INFO: Room test-room closed and removed.',
        'INFO: Client connected to room marker. Total clients: 1',
        'INFO: Received message in room marker: marker',
      ],
    )
  })

  it('[000 log] JSON clients come and go in the log too; their texts and names, and accounts’ texts, are never logged', async () => {
    await using server = await start('text')
    using ann = await ContractClient.open(server, '/ws/test-room?username=canary-name')
    using ben = await ContractClient.open(server, '/ws/test-room')
    ann.send({ content: 'canary text' })
    assert.equal(await ben.nextText(), 'canary-name: canary text')
    const { token } = await register(server, 'owner')
    const room = await ask(server, 'POST', '/v1/rooms', { token, body: { name: 'a room' } })
    const path = `/v1/rooms/${room.body.id}/messages`
    const sent = await ask(server, 'POST', path, { token, body: { text: 'canary of an account' } })
    assert.equal(sent.status, 201)
    await ann.close()
    await server.logged('Client disconnected from room test-room.')
    await ben.close()
    await server.logged('last client left.')
    assert.doesNotMatch(server.lines().join('\n'), /canary/)
    assert.deepEqual(
      server
        .lines()
        .map((line) => line.replace(time, ''))
        .filter((line) => line.includes('test-room')),
      [
        'INFO: Client connected to room test-room. Total clients: 1',
        'INFO: Client connected to room test-room. Total clients: 2',
        'INFO: Client disconnected from room test-room.',
        'INFO: Client disconnected from room test-room.',
        'INFO: Room test-room removed after last client left.',
      ],
    )
  })
})
