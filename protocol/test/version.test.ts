import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { closes, shouldReconnect } from '@parlance/protocol/closes'
import { commands } from '@parlance/protocol/commands'
import { errorCodes, retries } from '@parlance/protocol/error-codes'
import { errors as told } from '@parlance/protocol/errors'
import { events } from '@parlance/protocol/events'
import { controls, Hello, Reply } from '@parlance/protocol/frames'
import { routes } from '@parlance/protocol/http'
import { signals } from '@parlance/protocol/signals'
import { PROTOCOL_VERSION } from '@parlance/protocol/version'

/** Change this only with the protocol: what old clients would not understand raises PROTOCOL_VERSION too. */
const pinned = { version: 1, hash: '85df80cd2f641950' }

test('[DI3] the schemas are those pinned to the version of the protocol', () => {
  const errors = Object.fromEntries(
    errorCodes.map((code) => {
      const { status, message } = told[code]
      return [code, { status, retry: retries[code], message }]
    }),
  )
  const all = { closes, commands, controls, errors, events, hello: Hello, reply: Reply, routes, signals }
  const hash = createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 16)
  assert.deepEqual({ version: PROTOCOL_VERSION, hash }, pinned)
})

test('[DI4] the range of a close code is the policy', () => {
  for (const { code } of Object.values(closes)) {
    assert.equal(shouldReconnect(code), code >= 4000 && code < 4500, String(code))
  }
  assert.equal(shouldReconnect(1006), true)
})
