import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { originOf } from '../../src/dialects/origin.ts'
import { Site, type SiteOptions } from '../../src/dialects/site.ts'
import { parsePublicUrl } from '../../src/public-url.ts'
import { makeLog } from '../../src/telemetry/log.ts'

const address = '10.0.0.7'

function makeSite({ at, ...rest }: Partial<SiteOptions> & { at?: string } = {}) {
  const logged: Record<string, unknown>[] = []
  const log = makeLog(
    { logLevel: 'trace', logFormat: 'json' },
    { write: (line) => void logged.push(JSON.parse(line)) },
  )
  const clock = { nowMs: 5 }
  const publicUrl = at === undefined ? undefined : parsePublicUrl(at)
  assert.ok(typeof publicUrl !== 'string')
  const site = new Site({ allowedOrigins: [], ...rest, publicUrl }, log, () => clock.nowMs)
  return { site, logged, clock }
}

describe('an origin', () => {
  it('[AC33] has one spelling', () => {
    const origin = 'https://chat.example.com'
    for (const spelling of [
      origin,
      `${origin}:443`,
      'HTTPS://Chat.Example.COM',
      `${origin}.`,
      `${origin}.:443`,
    ])
      assert.equal(originOf(spelling), origin, spelling)
    assert.equal(originOf('http://a.example:80'), 'http://a.example')
    assert.equal(originOf('http://a.example:443'), 'http://a.example:443')
    assert.equal(originOf('https://a.example.:8443'), 'https://a.example:8443')
    assert.equal(originOf('https://müller.example'), 'https://xn--mller-kva.example')
    assert.equal(originOf('http://[2001:DB8:0::1]:8000'), 'http://[2001:db8::1]:8000')
    assert.equal(originOf('http://[::1]:80'), 'http://[::1]')
  })

  it('[AC33] is nothing else', () => {
    const none = [
      'null',
      '',
      'chat.example.com',
      'https://',
      'https://a.b/',
      'https://x@a.b',
      'ftp://a.b',
      'https://a.b?x',
    ]
    for (const text of [
      ...none,
      'https://a.b\\@c',
      'https://a b',
      'file://',
      'https://a.b:99999',
      'https://a.b, https://c.d',
    ])
      assert.equal(originOf(text), undefined, text)
  })
})

describe('the site', () => {
  it('[AC33] knows its own pages by the host that was asked for, whatever spells it', () => {
    const { site } = makeSite()
    const right = [
      ['chat.example.com:443', 'https://chat.example.com', true],
      ['chat.example.com', 'https://chat.example.com:443', true],
      ['Chat.Example.com', 'https://chat.example.com', true],
      ['chat.example.com.', 'https://chat.example.com', true],
      // Somebody in front ended TLS, and nobody told.
      ['chat.example.com:443', 'https://chat.example.com', false],
      ['chat.example.com:80', 'http://chat.example.com', false],
      ['[::1]:8000', 'http://[::1]:8000', false],
      ['[0:0::1]:80', 'http://[::1]', false],
      ['müller.example', 'https://xn--mller-kva.example', true],
    ] as const
    for (const [host, origin, secure] of right)
      assert.ok(site.isRight(origin, { address, host, secure }), `${origin} at ${host}`)
  })

  it('[AC33] takes no other', () => {
    const { site } = makeSite({ allowedOrigins: ['https://app.example'] })
    const wrong = [
      ['chat.example.com', 'http://chat.example.com', true],
      ['chat.example.com:8443', 'https://chat.example.com', true],
      ['chat.example.com', 'https://evil.example', true],
      ['chat.example.com', 'null', true],
      ['null', 'null', false],
      ['', 'https://', false],
      ['a.b/chat', 'https://a.b', true],
      ['x@evil.example', 'https://evil.example', true],
      ['127.0.0.1:8000', 'https://chat.example.com', false],
      ['127.0.0.1:8000', 'http://app.example', false],
      ['127.0.0.1:8000', undefined, false],
    ] as const
    for (const [host, origin, secure] of wrong)
      assert.ok(!site.isRight(origin, { address, host, secure }), `${origin} at ${host}`)
    assert.ok(site.isRight('https://app.example:443', { address, host: 'x', secure: false }))
  })

  it('[AC33] is where PUBLIC_URL says, whatever a proxy makes of the host', () => {
    const { site } = makeSite({ at: 'https://example.com/chat' })
    for (const host of ['127.0.0.1:8000', 'parlance', ''])
      assert.ok(site.isRight('https://example.com', { address, host, secure: true }), host)
    assert.ok(!site.isRight('http://example.com', { address, host: 'parlance', secure: true }))
    assert.ok(!site.isRight('https://example.com.evil', { address, host: 'parlance', secure: true }))
  })

  it('[AC33] tells the operator of a refused origin once a minute, by a clock of its own', () => {
    const { site, logged, clock } = makeSite()
    const peer = { address, host: '127.0.0.1:8000', secure: false }
    const refuse = (origin: string) => site.refused({ origin }, peer)
    for (let i = 0; i < 3; i++) refuse('https://Chat.example.com:443')
    assert.equal(logged.length, 1)
    const [{ level, origin, expected, msg }] = logged as [Record<string, unknown>]
    assert.deepEqual([level, origin, expected], [40, 'https://chat.example.com', 'http://127.0.0.1:8000'])
    assert.match(String(msg), /set PUBLIC_URL=https:\/\/chat\.example\.com; .*ALLOWED_ORIGINS/)
    refuse('https://other.example')
    clock.nowMs += 59_999
    refuse('https://chat.example.com')
    assert.equal(logged.length, 2)
    clock.nowMs += 1
    refuse('https://chat.example.com')
    assert.equal(logged.length, 3)
  })

  it('[AC33] does not fill the log, nor its memory, for somebody who makes origins up', () => {
    const { site, logged, clock } = makeSite()
    const peer = { address, host: 'chat.example.com', secure: true }
    for (let i = 0; i < 1_000; i++)
      site.refused({ origin: `https://${i}.example/${'x'.repeat(5_000)}` }, peer)
    assert.equal(logged.length, 100)
    assert.ok(logged.every(({ origin }) => String(origin).length <= 200))
    clock.nowMs += 60_000
    site.refused({ origin: 'https://real.example' }, peer)
    assert.equal(logged.length, 101)
  })

  it('[AC33] names the setting that mends it', () => {
    const peer = { address, host: 'parlance:8000', secure: false }
    const said = (options: Parameters<typeof makeSite>[0], headers: Record<string, string>) => {
      const { site, logged } = makeSite(options)
      site.refused(headers, peer)
      return String(logged[0]?.msg)
    }
    const origin = 'https://chat.example.com'
    assert.match(said({}, { origin, 'x-forwarded-host': 'chat.example.com' }), /TRUSTED_PROXIES=10\.0\.0\.7$/)
    assert.match(
      said({}, { origin, 'x-forwarded-host': 'else.example' }),
      /PUBLIC_URL=https:\/\/chat\.example\.com/,
    )
    assert.match(said({ at: 'https://a.example' }, { origin }), /mend PUBLIC_URL; .* ALLOWED_ORIGINS/)
    for (const headers of [{}, { origin: 'null' }])
      assert.match(said({}, headers), /no proxy takes the header Origin away/)
  })
})
