import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readOptions } from '../options.ts'
import { expandList } from '../servers/cores.ts'

const known = ['fanout', 'durable']
const defaults = { shapes: [], parts: [], quick: false, json: false, publish: undefined, rounds: 2 }

test('shapes go by name, those of fan-out by letter', () => {
  assert.deepEqual(readOptions([], known), defaults)
  assert.deepEqual(readOptions(['durable'], known), { ...defaults, shapes: ['durable'] })
  assert.deepEqual(readOptions(['a', 'e'], known), { ...defaults, shapes: ['fanout'], parts: ['a', 'e'] })
  assert.deepEqual(readOptions(['--quick'], known), { ...defaults, quick: true, rounds: 1 })
})

test('results go to the documents, or to where one wants to look at them first', () => {
  assert.deepEqual(readOptions(['--to', '/tmp/x'], known), { ...defaults, publish: '/tmp/x' })
  const options = readOptions(['--publish'], known)
  assert.match(typeof options === 'string' ? '' : String(options.publish), /docs$/)
})

test('what is not understood is said in a sentence', () => {
  assert.match(String(readOptions(['fan'], known)), /no shape fan: take of fanout, durable/)
  assert.match(String(readOptions(['--rounds', 'x'], known)), /a number from 1 to 100/)
  assert.match(String(readOptions(['--fast'], known)), /--fast/)
})

test('lists of cores are read as the kernel writes them', () => {
  assert.deepEqual(expandList('0-2,5'), [0, 1, 2, 5])
  assert.deepEqual(expandList('3'), [3])
  assert.deepEqual(expandList(''), [])
})
