import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CommandQueue } from '../../src/dialects/command-queue.ts'

function source() {
  const calls: string[] = []
  return { calls, pause: () => void calls.push('pause'), resume: () => void calls.push('resume') }
}

test('[CO8] what runs alone waits for all before it, and all after it wait for it', async () => {
  const queue = new CommandQueue(source())
  const log: string[] = []
  const gates = new Map<string, () => void>()
  const add = (name: string, alone: boolean) =>
    queue.add(alone, async () => {
      log.push(`+${name}`)
      await new Promise<void>((resolve) => gates.set(name, resolve))
      log.push(`-${name}`)
    })
  add('a', false)
  add('b', false)
  add('C', true)
  add('d', false)
  assert.deepEqual(log, ['+a', '+b'])
  gates.get('b')?.()
  await Promise.resolve()
  gates.get('a')?.()
  await new Promise(setImmediate)
  assert.deepEqual(log, ['+a', '+b', '-b', '-a', '+C'])
  gates.get('C')?.()
  await new Promise(setImmediate)
  assert.deepEqual(log.slice(5), ['-C', '+d'])
  const idle = queue.idle()
  gates.get('d')?.()
  await idle
  assert.equal(queue.outstanding, 0)
})

test('[CO7] the source is not read while too much is outstanding, and is again later', async () => {
  const { calls, ...from } = source()
  const queue = new CommandQueue(from)
  const gates: (() => void)[] = []
  for (let i = 0; i < 300; i += 1) queue.add(false, () => new Promise((resolve) => gates.push(resolve)))
  assert.deepEqual(calls, ['pause'])
  for (const open of gates) open()
  await queue.idle()
  assert.deepEqual(calls, ['pause', 'resume'])
})
