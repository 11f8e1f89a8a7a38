import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'

const bench = join(import.meta.dirname, '../bench.ts')

// One part of the fan-out, the smallest, with all of its peers; all shapes run with `npm run bench -- --quick`.
const shapesOfTest = ['fanout', 'durable', 'start']

test('the benchmark runs: only that it works, no times', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [bench, 'd', ...shapesOfTest.slice(1), '--quick', '--json'],
    { maxBuffer: 8 * 1024 * 1024 },
  )
  const { machine, figures }: { machine: string[]; figures: { shape: string; values: number[] }[] } =
    JSON.parse(stdout)
  assert.equal(machine.length, 3)
  const shapes = new Set(figures.map(({ shape }) => shape.split(' ')[0]))
  assert.deepEqual([...shapes], shapesOfTest)
  for (const { values } of figures) assert.equal(values.every(Number.isFinite), true)
})
