import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { WebSocket } from 'ws'
import { company } from '../support/people.ts'

const count = 20

describe('a close right behind what was said', () => {
  for (const [path, frame] of [
    ['/ws/room/', (text: string) => ({ type: 'message', content: text })],
    ['/ws/chat/', (text: string) => ({ text })],
  ] as const) {
    it(`[CO8] [§3] [§5] ${path}: all of it is done, and the loss is told after it`, async () => {
      await using chat = await company(['ann', 'bob'])
      const room = await chat.room()
      const [ann, bob] = [chat.person('ann'), chat.person('bob')]
      const watcher = new WebSocket(
        `${chat.server.url.replace('http', 'ws')}/ws/room/${room}?token=${ann.token}`,
      )
      const told: string[] = []
      watcher.on('message', (data) => told.push(JSON.parse(String(data)).type))
      await once(watcher, 'open')
      while (!told.includes('user_joined')) await ann.socket.settled()
      told.length = 0
      const brief = new WebSocket(`${chat.server.url.replace('http', 'ws')}${path}${room}?token=${bob.token}`)
      await once(brief, 'open')
      for (let i = 0; i < count; i += 1)
        brief.send(JSON.stringify(frame(i % 3 === 0 ? `hi @ann ${i}` : `m${i}`)))
      brief.close()
      while (!told.includes('user_disconnected')) await ann.socket.settled()
      assert.deepEqual(told, [
        'user_joined',
        ...Array.from({ length: count }, () => 'message'),
        'user_disconnected',
      ])
      watcher.terminate()
    })
  }
})
