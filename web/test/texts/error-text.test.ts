import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ParlanceError } from '@parlance/client/errors'
import { closes } from '@parlance/protocol/closes'
import { de } from '../../src/texts/de.ts'
import { en } from '../../src/texts/en.ts'
import { errorText } from '../../src/texts/error-text.ts'
import { refusalText } from '../../src/texts/refusal-text.ts'

describe('what is said about an error', () => {
  it('tells the time to wait in a unit that can be grasped', () => {
    const said = (texts: Parameters<typeof errorText>[0], retryAfterMs: number) =>
      errorText(texts, new ParlanceError('muted', undefined, retryAfterMs))
    for (const [ms, sentence] of [
      [0, 'Try again in 1 second.'],
      [90_000, 'Try again in 90 seconds.'],
      [600_000, 'Try again in 10 minutes.'],
      [3_600_001, 'Try again in 61 minutes.'],
      [10_800_000, 'Try again in 3 hours.'],
      [259_200_000, 'Try again in 3 days.'],
    ] as const)
      assert.equal(said(en, ms), `You are muted in this room. ${sentence}`)
    assert.match(said(de, 600_000), /in 10 Minuten/)
  })

  it('[AC33] names the page that the server does not accept, in either language, and says nothing of a log-out', (t) => {
    const { location } = globalThis as { location?: unknown }
    Object.assign(globalThis, { location: { origin: 'https://chat.example.com' } })
    t.after(() => Object.assign(globalThis, { location }))
    const sentence = 'This server does not accept requests from https://chat.example.com.'
    for (const said of [errorText(en, new ParlanceError('bad_origin')), refusalText(en, 4505)])
      assert.ok(said.startsWith(sentence), said)
    for (const said of [
      errorText(de, new ParlanceError('bad_origin')),
      refusalText(de, closes.badOrigin.code),
    ])
      assert.match(said, /^Dieser Server nimmt keine Anfragen von https:\/\/chat\.example\.com an\./)
    assert.equal(refusalText(en, 4503), en.offline.refusedBy[4503])
    assert.equal(refusalText(en, 4999), en.offline.refused)
  })
})
