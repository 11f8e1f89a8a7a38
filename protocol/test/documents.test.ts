import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { closes } from '@parlance/protocol/closes'
import { commands } from '@parlance/protocol/commands'
import { errorCodes, retries } from '@parlance/protocol/error-codes'
import { errors } from '@parlance/protocol/errors'
import { eventTypes } from '@parlance/protocol/events'
import { routeOf } from '@parlance/protocol/http'
import { protocolLimits } from '@parlance/protocol/limits'
import { signalTypes } from '@parlance/protocol/signals'

const page = readFileSync(join(import.meta.dirname, '../../docs/PROTOCOL.md'), 'utf8')

/** Sees that a line of the page is exactly this. */
function hasLine(line: string): void {
  assert.ok(page.split('\n').includes(line), `docs/PROTOCOL.md has no line\n${line}`)
}

test('[DI4] every error stands in the page as in the code', () => {
  for (const code of errorCodes) {
    const { status, message } = errors[code]
    hasLine(`| \`${code}\` | ${status} | ${retries[code] ? 'yes' : 'no'} | ${message} |`)
  }
})

test('[DI4] every close code stands in the page as in the code', () => {
  for (const { code, reason } of Object.values(closes)) {
    hasLine(`| ${code} | ${reason} | ${code >= 4000 && code < 4500 ? 'yes' : 'no'} |`)
  }
})

test('[DI4] every limit of the protocol stands in the page with its value', () => {
  for (const [name, value] of Object.entries(protocolLimits)) {
    const start = `| \`${name}\` | ${value.toLocaleString('en')} | `
    assert.ok(
      page.split('\n').some((line) => line.startsWith(start)),
      `docs/PROTOCOL.md has no line ${start}…`,
    )
  }
})

test('[DI4] every command, event and signal is in the page', () => {
  for (const type of Object.keys(commands) as (keyof typeof commands)[]) {
    const fields = Object.keys(commands[type].input.properties)
    const route = routeOf(type)
    const rows = page.split('\n').filter((line) => line.startsWith(`| \`${type}\` |`))
    const row = rows.find((line) => line.endsWith(`| ${commands[type].summary} |`))
    assert.ok(row !== undefined, `docs/PROTOCOL.md has no row for ${type}`)
    for (const field of fields) assert.ok(row.includes(`\`${field}`), `${type}: ${field}`)
    if (route !== undefined)
      assert.ok(row.includes(`\`${route.method} ${route.path}\``), `${type}: its route`)
  }
  for (const type of [...eventTypes, ...signalTypes]) assert.ok(page.includes(`\`${type}\``), type)
})
