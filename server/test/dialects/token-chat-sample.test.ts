import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { it } from 'node:test'
import { createContext, runInContext } from 'node:vm'
import { startTestServer } from '../support/start-server.ts'
import { assertAbout, assertMessage, holder, madeRoom, roomSocket } from '../support/token-chat.ts'

/** The JavaScript of the seed's README, letter by letter. */
async function readSample(): Promise<string> {
  const readme = await readFile(join(import.meta.dirname, 'fixtures/seed-002-sample.md'), 'utf8')
  const code = /```javascript\n(.*?)```/s.exec(readme)?.[1]
  assert.ok(code)
  return code
}

it('[002 README] its JavaScript runs as it stands', async () => {
  await using server = await startTestServer()
  const ann = await holder(server, 'ann')
  const ben = await holder(server, 'ben')
  const room = await madeRoom(server, ann)
  assert.equal(room, 1, 'the sample means room 1')
  using watcher = await roomSocket(server, ann, room)

  let opened: WebSocket | undefined
  /** The sample's address and token are examples: only they are put in their place. */
  class SampleSocket extends WebSocket {
    constructor(url: string) {
      assert.equal(url, 'ws://localhost:8000/ws/room/1?token=your_jwt_token')
      super(url.replace('localhost:8000', `127.0.0.1:${server.port}`).replace('your_jwt_token', ben.token))
      opened = this
    }
  }
  const lines: unknown[][] = []
  let wake = () => {}
  const write = (...line: unknown[]) => {
    lines.push(line)
    wake()
  }
  const page = createContext({ WebSocket: SampleSocket, console: { log: write, error: write } })
  /** The first lines, as soon as there are so many. */
  const firstLines = async (count: number) => {
    while (lines.length < count) {
      const { promise, resolve } = Promise.withResolvers<void>()
      wake = resolve
      await promise
    }
    return lines.slice(0, count)
  }

  runInContext(await readSample(), page)
  assertAbout(await watcher.next(), 'user_joined', ben, room)
  assertMessage(await watcher.next(), ben, room, 'Hello, WebSocket!')
  runInContext('sendTypingNotification()', page)
  assertAbout(await watcher.next(), 'user_typing', ben, room)

  const told = (await firstLines(7)).map(([first, second]) =>
    first === 'Received:' && typeof second === 'object' && second !== null
      ? Reflect.get(second, 'type')
      : first,
  )
  assert.deepEqual(told, [
    'Connection opened',
    'message_history',
    'user_joined',
    'ben joined the room',
    'message',
    'ben: Hello, WebSocket!',
    'user_typing',
  ])
  opened?.close(1000, 'bye')
  assertAbout(await watcher.next(), 'user_disconnected', ben, room)
  assert.deepEqual((await firstLines(8))[7], ['Connection closed:', 1000, 'bye'])
})
