import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { defaultLimits } from '@parlance/protocol/limits'
import { startFlags } from '../../../scripts/npm-start.ts'
import { settingNames } from '../../src/settings.ts'
import { openSqliteStore } from '../../src/store/sqlite.ts'
import { ask, register } from '../support/rest.ts'
import {
  authSender,
  envelopeSender,
  nativeSender,
  packetSender,
  restSender,
  type Sender,
} from '../support/senders.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const main = join(import.meta.dirname, '../../src/main.ts')
const unlimited = Object.fromEntries(
  settingNames.filter((name) => name.startsWith('LIMIT_')).map((name) => [name, '0']),
)

/** The server as `npm start` starts it, in a folder of its own. */
async function startProcess(folder: string) {
  const env = { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'info', ...unlimited }
  const child = spawn(process.execPath, [...startFlags, main], { cwd: folder, env })
  const ended = once(child, 'close')
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (printed += text))
  for (;;) {
    const url = /listens on (http:\S+?)["\s]/.exec(`${printed} `)?.[1]
    if (url !== undefined) return { child, ended, url, printed: () => printed }
    assert.equal(child.exitCode, null, printed)
    await Promise.race([once(child.stdout, 'data'), ended])
  }
}

async function textsOf(path: string, room: number): Promise<string[]> {
  await using store = await openSqliteStore(path, { lockWaitMs: 10_000 })
  const texts: string[] = []
  for (let after = 0; ; ) {
    const events = await store.eventsAfter(room, after, 1_000)
    if (events.length === 0) return texts
    for (const event of events) if (event.type === 'message.created') texts.push(event.text)
    after = events.at(-1)?.seq ?? after
  }
}

for (const answers of [60, 400, 1_500]) {
  test(`[CO20] on SIGTERM after ${answers} answers under load, every message that is in the log was answered, at every door`, async () => {
    assert.ok(Object.keys(defaultLimits).length <= Object.keys(unlimited).length)
    await using folder = await temporaryFolder()
    const { child, ended, url, printed } = await startProcess(folder.path)
    const people = await Promise.all(['ann', 'bob', 'cat', 'dan'].map((name) => register({ url }, name)))
    const [ann] = people
    const made = await ask({ url }, 'POST', '/v1/rooms', {
      token: ann?.token,
      body: { name: 'hall', visibility: 'open' },
    })
    const room: number = made.body.id
    for (const { token } of people.slice(1)) await ask({ url }, 'POST', `/v1/rooms/${room}/join`, { token })
    let count = 0
    const enough = Promise.withResolvers<void>()
    const where = (name: string, i: number) => ({
      url,
      room,
      name,
      token: people[i % people.length]?.token ?? '',
      onAnswer: () => {
        count += 1
        if (count === answers) enough.resolve()
      },
    })
    const senders: Sender[] = await Promise.all([
      nativeSender(where('native1', 0), 20),
      nativeSender(where('native2', 1), 100),
      nativeSender(where('native3', 2), 600),
      authSender(where('auth', 1)),
      envelopeSender(where('envelope', 2)),
      packetSender(where('packets', 0), 'websocket'),
      packetSender(where('polling', 0), 'polling'),
      restSender(where('rest1', 0)),
      restSender(where('rest2', 3)),
    ])
    await enough.promise
    child.kill('SIGTERM')
    const [code] = await ended
    assert.equal(code, 0, printed())
    await Promise.all(senders.map(({ ended: end }) => end))
    const answered = new Set(senders.flatMap((sender) => [...sender.answered]))
    const logged = await textsOf(join(folder.path, 'data', 'parlance.db'), room)
    assert.ok(logged.length >= answers)
    assert.deepEqual(
      logged.filter((text) => !answered.has(text)),
      [],
    )
    assert.equal(new Set(logged).size, logged.length)
    for (const text of answered) assert.ok(logged.includes(text), `${text} was answered and is not there`)
  })
}
