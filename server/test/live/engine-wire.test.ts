import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { Server } from 'engine.io'
import { WebSocket } from 'ws'
import { EngineWebSockets } from '../../src/doors/engine-websockets.ts'
import { EngineWire } from '../../src/doors/engine-wire.ts'
import { textFrames } from '../../src/live/frame.ts'

test('[CO10] what engine.io holds back leaves before what is written after it', async (t) => {
  const http = createServer().listen(0, '127.0.0.1')
  await once(http, 'listening')
  const engine = new Server({ transports: ['websocket'], wsEngine: EngineWebSockets })
  http.on('upgrade', (request, socket, head) => engine.handleUpgrade(request, socket, head))
  engine.on('connection', (session) => {
    const wire = new EngineWire(session)
    session.write('one')
    session.write('two')
    wire.write(textFrames(['4three']), ['4three'])
  })
  const { port } = http.address() as AddressInfo
  const client = new WebSocket(`ws://127.0.0.1:${port}/engine.io/?EIO=4&transport=websocket`)
  t.after(() => {
    client.terminate()
    engine.close()
    http.close()
  })
  const heard: string[] = []
  await new Promise<void>((resolve) => {
    client.on('message', (data) => {
      if (!String(data).startsWith('0')) heard.push(String(data))
      if (heard.length === 3) resolve()
    })
  })
  assert.deepEqual(heard, ['4one', '4two', '4three'])
})
