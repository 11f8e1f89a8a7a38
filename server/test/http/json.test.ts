import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseJson } from '../../src/dialects/json.ts'

function codeOf(text: string): string {
  const parsed = parseJson(text)
  return parsed.ok ? 'ok' : parsed.code
}

describe('JSON', () => {
  it('[CO3] what is not JSON is bad_json', () => {
    for (const text of ['', '{', 'nope', '{a:1}', "{'a':1}", '{"a":1}}', 'NaN', '\ufeff{}', '[1,]']) {
      assert.equal(codeOf(text), 'bad_json', JSON.stringify(text))
    }
  })

  it('[CO3] every JSON value is read, huge numbers too', () => {
    for (const text of ['null', 'true', '0', '"x"', '[]', '{}', '1e999', '123456789012345678901234567890']) {
      assert.equal(codeOf(text), 'ok', text)
    }
  })

  it('[CO3] 16 levels are read, 17 are not, nor 65,536', () => {
    assert.equal(codeOf('['.repeat(16) + ']'.repeat(16)), 'ok')
    assert.equal(codeOf('['.repeat(17) + ']'.repeat(17)), 'bad_request')
    assert.equal(codeOf(`${'{"a":'.repeat(16)}1${'}'.repeat(16)}`), 'ok')
    assert.equal(codeOf(`${'{"a":'.repeat(17)}1${'}'.repeat(17)}`), 'bad_request')
    assert.equal(codeOf('['.repeat(32_768) + ']'.repeat(32_768)), 'bad_request')
    assert.equal(codeOf(`{"a":"${'['.repeat(100)}"}`), 'ok')
  })

  it('[CO3] half a surrogate pair is refused, wherever it stands', () => {
    for (const text of [
      '"\\ud800"',
      '{"a":"x\\uDFFF"}',
      '{"\\udc00":1}',
      '[["\\ud83d"]]',
      '{"a":{"\\ud83dx":1}}',
    ]) {
      assert.equal(codeOf(text), 'bad_request', text)
    }
    assert.equal(codeOf('"\\ud83d\\ude00 \\\\ud800"'), 'ok')
  })

  it('[CO3] __proto__ keys are dropped, at any depth and in any spelling', () => {
    const parsed = parseJson('{"__proto__":{"admin":true},"a":[{"\\u005f_proto__":{"admin":true},"b":1}]}')
    assert.ok(parsed.ok)
    assert.equal(JSON.stringify(parsed.value), '{"a":[{"b":1}]}')
    assert.equal(({} as { admin?: boolean }).admin, undefined)
  })
})
