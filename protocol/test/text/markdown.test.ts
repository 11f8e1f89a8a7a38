import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parseText } from '@parlance/protocol/text/parse-text'
import { markup } from './markup.ts'

const page = readFileSync(new URL('../../../docs/MARKDOWN.md', import.meta.url), 'utf8')

/** What a cell of the table holds: code, in which a bar has a backslash. */
function content(cell: string): string {
  const [, fence = '', code = ''] = /^(`+)(.*)\1$/s.exec(cell.trim()) ?? []
  const inner = fence.length > 1 ? code.slice(1, -1) : code
  return inner.replaceAll('\\|', '|')
}

const rows = page
  .split('\n')
  .map((line) => /^\| (`.*`) \| (\*as typed\*|`.*`) \|$/.exec(line))
  .filter((row) => row !== null)
  .map(([, typed = '', shown = '']) => ({
    typed: content(typed).replaceAll('⏎', '\n'),
    shown: shown === '*as typed*' ? content(typed) : content(shown),
  }))

test('[MK1] every example of docs/MARKDOWN.md is shown as it says', () => {
  assert.ok(rows.length > 150, `${rows.length} examples`)
  for (const { typed, shown } of rows)
    assert.equal(markup(parseText(typed)).replaceAll('\n', '⏎'), shown, JSON.stringify(typed))
})

test('every line of the table is an example', () => {
  assert.equal(rows.length, page.split('\n').filter((line) => line.startsWith('| ')).length - 2)
})
