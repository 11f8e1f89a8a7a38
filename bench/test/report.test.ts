import assert from 'node:assert/strict'
import { test } from 'node:test'
import { barsMet } from '../report/bars.ts'
import { replaceResults } from '../report/publish.ts'
import { drawBars } from '../report/svg.ts'
import { disturbedRounds, figureRows, markdownTable, plainTable, shown } from '../report/table.ts'

const cpu = { what: 'CPU per delivery', unit: 'µs' }
const figures = [
  { shape: 'fanout b', server: 'Parlance', values: [1, 3, 2], ...cpu },
  { shape: 'fanout b', server: 'ws loop', values: [10, 20, 40], ...cpu },
]

test('ratios are taken round by round, and then their median', () => {
  const [bar, ...others] = barsMet(figures)
  assert.deepEqual(others, [])
  assert.equal(bar?.name, 'fanout b: Parlance against ws loop')
  assert.equal(bar?.measured, 0.1)
  assert.equal(bar?.met, true)
})

test('tables', () => {
  assert.equal(shown(1234567), '1,234,567')
  assert.equal(shown(0.123456), '0.123')
  const table = plainTable(figureRows(figures))
  assert.match(table, /fanout b {2}Parlance {2}CPU per delivery {2}2 µs {4}1 – 3 {4}3\n/)
  assert.match(
    markdownTable(figureRows(figures)),
    /\| fanout b \| ws loop \| CPU per delivery \| 20 µs \| 10 – 40 \| 3 \|/,
  )
})

test('rounds in which the load did not get its core are told', () => {
  const load = {
    shape: 'fanout b',
    server: 'Parlance',
    what: 'load',
    unit: '% of its core',
    values: [99, 61.4, 95],
  }
  assert.deepEqual(disturbedRounds([...figures, load]), ['fanout b, Parlance, round 2 (61 %)'])
})

test('a picture with a bar for each figure', () => {
  const svg = drawBars('a < b', cpu.what, figures)
  assert.equal(svg.match(/<rect [^>]*rx=/g)?.length, 2)
  assert.match(svg, /a &lt; b/)
})

test('results replace what stood between the marks', () => {
  const page = 'before\n<!-- results -->\nold\n<!-- end of results -->\nafter\n'
  const replaced = replaceResults(page, 'new')
  assert.equal(replaced, 'before\n<!-- results -->\n\nnew\n\n<!-- end of results -->\nafter\n')
  assert.throws(() => replaceResults('nothing', 'new'), /no marks/)
})
