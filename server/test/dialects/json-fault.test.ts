import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { findJsonFault } from '../../src/dialects/contract/json-fault.ts'

const value = 'Expecting value'
const key = 'Expecting property name enclosed in double quotes'
const colon = "Expecting ':' delimiter"
const comma = "Expecting ',' delimiter"
const open = 'Unterminated string starting at'
const control = 'Invalid control character at'
const escaped = 'Invalid \\escape'
const digits = 'Invalid \\uXXXX escape'

/** What Python 3.11 says of these. */
const faults: readonly (readonly [string, number, string])[] = [
  ['', 0, value],
  ['  ', 2, value],
  ['hello', 0, value],
  ['nul', 0, value],
  ['-', 0, value],
  ['NaN', 0, value],
  ['{"a":', 5, value],
  ['{"a":}', 5, value],
  ['{"name": tru', 9, value],
  ['[', 1, value],
  ['[1, ]', 4, value],
  ['{', 1, key],
  ["{'a':1}", 1, key],
  ['{"a":1,}', 7, key],
  ['{"a" 1}', 5, colon],
  ['{"a"', 4, colon],
  ['{"a":1 "b"', 7, comma],
  ['[01]', 2, comma],
  ['[1', 2, comma],
  ['{} x', 3, 'Extra data'],
  ['1.', 1, 'Extra data'],
  ['["🙂", "x', 6, open],
  ['"\\', 0, open],
  ['"🙂\n"', 2, control],
  ['["\\x"]', 2, escaped],
  ['"\\u12', 2, digits],
  ['"\\u1234', 2, digits],
  ['"\\ud83d\\u12"', 8, digits],
]

describe('where a text is no JSON', () => {
  it('[§0 json_invalid] is told at the place and in the words of Python', () => {
    for (const [text, position, reason] of faults) {
      assert.deepEqual(findJsonFault(text), { position, reason }, text)
    }
  })

  it('[§0 json_invalid] is found exactly where there is a fault', () => {
    const near = fc.tuple(fc.json(), fc.nat(40), fc.constantFrom('', ...'{}[]",:\\u01-.e \u0001tN🙂'))
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), near), (given) => {
        const text =
          typeof given === 'string'
            ? given
            : `${given[0].slice(0, given[1])}${given[2]}${given[0].slice(given[1] + 1)}`
        assert.equal(findJsonFault(text) === undefined, isJson(text), text)
      }),
      { numRuns: 3_000 },
    )
  })

  it('[§0 json_invalid] is found at any depth', () => {
    assert.deepEqual(findJsonFault('['.repeat(65_000)), { position: 65_000, reason: value })
    assert.deepEqual(findJsonFault('{"a":'.repeat(13_000)), { position: 65_000, reason: value })
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
