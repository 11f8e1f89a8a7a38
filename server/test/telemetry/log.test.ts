import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { loggedPath, makeLog } from '../../src/telemetry/log.ts'

function logInto(lines: string[], logFormat: 'text' | 'json', logLevel: 'info' | 'debug' = 'info') {
  return makeLog({ logLevel, logFormat }, { write: (line) => void lines.push(line) })
}

describe('the log', () => {
  it('[AC12] text lines are exactly time, level and text', () => {
    const lines: string[] = []
    logInto(lines, 'text').info({ room: 5 }, 'Client connected to room %s. Total clients: %d', 'test', 2)
    const [line = ''] = lines
    const match =
      /^\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\] INFO: Client connected to room test\. Total clients: 2\n$/.exec(
        line,
      )
    assert.ok(match, line)
    const offMs = Math.abs(new Date((match[1] ?? '').replace(' ', 'T')).getTime() - Date.now())
    assert.ok(offMs < 5_000, 'local time')
  })

  it('[AC12] a logged string forges no line', () => {
    const lines: string[] = []
    logInto(lines, 'text').info('Room %s', 'a\r\n[2026-01-01 00:00:00] INFO: forged\u2028\u202e\u001b[31m')
    assert.equal(
      lines
        .join('')
        .trimEnd()
        .split(/[\r\n\u2028]/).length,
      1,
    )
    assert.match(lines.join(''), /a\\u000d\\u000a\[2026/)
    assert.doesNotMatch(lines.join('').trimEnd(), /[\p{Cc}\u202e]/u)
    const json: string[] = []
    logInto(json, 'json').info('Room %s', 'a\nb')
    assert.equal(json.join('').trimEnd().split('\n').length, 1)
  })

  it('[AC12] fields stand in text where they matter', () => {
    const lines: string[] = []
    const log = logInto(lines, 'text', 'debug')
    log.warn({ address: '::1' }, 'Refused.')
    log.error(new TypeError('broken\npipe'), 'Failed.')
    log.debug({ status: 200 }, 'Answered.')
    assert.match(lines[0] ?? '', /WARNING: Refused\. address=::1\n$/)
    assert.match(lines[1] ?? '', /ERROR: Failed\. \(TypeError: broken\\u000apipe at .*log\.test\.ts.*\)\n$/)
    assert.match(lines[2] ?? '', /DEBUG: Answered\. status=200\n$/)
  })

  it('[AC12] tokens, passwords and texts are taken out of fields', () => {
    for (const format of ['text', 'json'] as const) {
      const lines: string[] = []
      logInto(lines, format).warn(
        {
          token: 'canary',
          command: { password: 'canary', newPassword: 'canary', text: 'canary', refreshToken: 'canary' },
          request: { headers: { authorization: 'canary', cookie: 'canary' } },
        },
        'Refused.',
      )
      assert.doesNotMatch(lines.join(''), /canary/)
      assert.match(lines.join(''), /\[redacted\]/)
    }
  })

  it('[AC12] a path loses its token', () => {
    assert.equal(loggedPath('/ws/1?a=1&token=abc.def&b=2'), '/ws/1')
    assert.equal(loggedPath('/ws?TOKEN=abc#x'), '/ws')
    assert.equal(loggedPath('/v1/rooms?limit=1'), '/v1/rooms')
  })
})
