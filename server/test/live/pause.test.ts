import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout as pass } from 'node:timers/promises'
import { startFlags } from '../../../scripts/npm-start.ts'
import { systemClock } from '../../src/ports/clock.ts'
import { ContractClient } from '../support/contract-client.ts'
import { engineSocket } from '../support/engine-client.ts'
import { NativeClient } from '../support/native-client.ts'
import { register } from '../support/rest.ts'

const file = join(import.meta.dirname, '../support/short-server.ts')

/** A pause that is longer than the time to be asked and to answer, in milliseconds. */
const pauseMs = 3_500

async function start(t: TestContext): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = fork(file, { execArgv: [...startFlags], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  t.after(() => child.kill('SIGKILL'))
  const [{ url }] = (await once(child, 'message')) as [{ readonly url: string }]
  return { child, url }
}

async function come(server: { readonly url: string }, name: string): Promise<NativeClient> {
  const { token } = await register(server, name)
  return NativeClient.open(server, { token })
}

/** What happens first: the server asks again, or it has closed. */
async function fate({ socket, closed }: NativeClient): Promise<'asked' | number> {
  return Promise.race([once(socket, 'ping').then(() => 'asked' as const), closed.then(({ code }) => code)])
}

/** From here on it answers no ping by itself. */
function silence({ socket }: NativeClient): void {
  Reflect.set(socket, '_autoPong', false)
}

describe('a server that is stopped, and one whose clock is set', { timeout: 60_000 }, () => {
  it('[CO13] after SIGSTOP and SIGCONT nobody is closed who answers', async (t) => {
    const { child, ...server } = await start(t)
    using quiet = await come(server, 'bob')
    using text = await ContractClient.open(server, '/ws/test-room')
    using packets = await engineSocket(server)
    using waiting = new NativeClient(server.url)
    await once(waiting.socket, 'open')
    using client = await come(server, 'ann')
    silence(client)
    assert.equal(await fate(client), 'asked')
    child.kill('SIGSTOP')
    // It has answered while the server could not hear it.
    client.socket.pong()
    waiting.send({ type: 'ping', ref: 1 })
    // What is measured is the pause itself.
    await pass(pauseMs)
    child.kill('SIGCONT')
    assert.deepEqual(await Promise.all([fate(client), fate(quiet)]), ['asked', 'asked'])
    text.send('still here')
    assert.equal(await text.nextText(), 'still here')
    packets.send('42["send_message",{}]')
    let packet = await packets.nextText()
    // Pings of Socket.IO's own.
    while (packet === '2') packet = await packets.nextText()
    assert.match(packet, /^42\["error"/)
    assert.equal((await waiting.next(({ ref }) => ref === 1)).error.code, 'not_open')
    // And who does not answer is closed after all.
    assert.equal((await client.closed).code, 4012)
  })

  it('[CO12] a wall set by 40 s closes nobody, one set back by an hour does not keep the stopped', async (t) => {
    const { child, ...server } = await start(t)
    using healthy = await come(server, 'ann')
    using stopped = await come(server, 'bob')
    for (const stepMs of [40_000, -3_600_000]) {
      child.send({ stepMs })
      await once(child, 'message')
      assert.deepEqual(await Promise.all([fate(healthy), fate(stopped)]), ['asked', 'asked'])
    }
    silence(stopped)
    assert.equal((await stopped.closed).code, 4012)
    assert.equal(await fate(healthy), 'asked')
  })

  it('[CO12] a wait runs when it is time, and not once it is stopped', async () => {
    const order: string[] = []
    const stop = systemClock.after(1, () => order.push('stopped'))
    const over = Promise.withResolvers<void>()
    const keeping = setInterval(() => {}, 1_000)
    systemClock.after(20, over.resolve)
    stop()
    const startedMs = systemClock.monotonicMs()
    await over.promise
    clearInterval(keeping)
    assert.ok(systemClock.monotonicMs() - startedMs >= 18)
    assert.deepEqual(order, [])
  })
})
