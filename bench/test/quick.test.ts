import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'

const bench = join(import.meta.dirname, '../bench.ts')

test('every shape runs: only that it works, no times', { timeout: 300_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [bench, '--quick', '--json'], {
    timeout: 280_000,
    maxBuffer: 8 * 1024 * 1024,
  })
  const { machine, figures }: { machine: string[]; figures: { shape: string; values: number[] }[] } =
    JSON.parse(stdout)
  assert.equal(machine.length, 2)
  const shapes = new Set(figures.map(({ shape }) => shape.split(' ')[0]))
  const all = [
    'fanout',
    'scale',
    'durable',
    'latency',
    'history',
    'idle',
    'reconnect',
    'jitter',
    'slow',
    'start',
  ]
  assert.deepEqual([...shapes], all)
  for (const { values } of figures) assert.equal(values.every(Number.isFinite), true)
})
