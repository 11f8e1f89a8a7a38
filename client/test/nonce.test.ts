import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeNonce } from '../src/nonce.ts'

test('nonces are unlike each other, and later ones are greater', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_700_000_000_000 })
  const nonces = new Set<string>()
  for (let count = 0; count < 1_000; count += 1) {
    const nonce = makeNonce()
    assert.match(nonce, /^[0-9a-f]{32}$/)
    nonces.add(nonce)
  }
  assert.equal(nonces.size, 1_000)
  t.mock.timers.tick(1)
  const later = makeNonce()
  for (const nonce of nonces) assert.ok(nonce < later)
})
