import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstWay } from '../../src/entry/first-way.ts'

const first = (change: Partial<Parameters<typeof firstWay>[0]>) =>
  firstWay({ own: undefined, invitation: 'none', hasEnded: false, ...change })

test('no way in is offered before the invitation is read, so that none turns into another', () => {
  for (const hasEnded of [false, true]) {
    assert.equal(first({ invitation: 'unread', hasEnded }), undefined)
    assert.equal(first({ invitation: 'held', hasEnded }), 'signUp')
    assert.equal(first({ invitation: 'gone', hasEnded }), 'logIn')
    assert.equal(first({ hasEnded }), 'logIn')
  }
  assert.equal(first({ own: 'guest', hasEnded: true }), 'guest')
})
