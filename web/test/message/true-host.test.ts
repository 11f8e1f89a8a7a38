import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trueHost } from '../../src/message/markdown/true-host.ts'

test('a link that pretends to lead elsewhere tells where it leads', () => {
  for (const [text, href, host] of [
    ['bank.example', 'https://evil.example', 'evil.example'],
    ['https://bank.example/log-in', 'https://evil.example', 'evil.example'],
    ['bank.\u200bexample', 'https://evil.example', 'evil.example'],
    ['https://bank.example@evil.example', 'https://bank.example@evil.example', 'evil.example'],
    ['bank@bank.example', 'mailto:evil@evil.example', 'evil@evil.example'],
    ['our bank', 'https://bank.example/a', null],
    ['bank.example', 'https://www.bank.example/a', null],
    ['https://bank.example?to=other.example', 'https://bank.example?to=other.example', null],
    ['mailto:ann@b.example', 'mailto:ann@b.example', null],
    ['https://a.example:8000/b.html', 'https://a.example:8000/b.html', null],
  ] as const)
    assert.equal(trueHost(href, text), host, text)
})

test('a host of other letters is shown as it was typed; those that pass for Latin ones are told', () => {
  const told = (address: string) => trueHost(address, address)
  for (const address of [
    'https://münchen.example/ü.html',
    'https://例え.テスト/道',
    'https://почта.рф/a',
    'https://كتاب.example',
    'http://www.zürich.example',
  ])
    assert.equal(told(address), null, address)
  assert.equal(told('https://b\u0430nk.example'), 'xn--bnk-6cd.example')
  assert.equal(told('https://\u0430\u0440\u0440\u04cf\u0435.example'), 'xn--80ak6aa92e.example')
  assert.equal(told('https://b\u0131nk.example'), 'xn--bnk-jua.example')
})
