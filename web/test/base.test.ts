import assert from 'node:assert/strict'
import { test } from 'node:test'
import { baseOf } from '../src/base.ts'
import { numberIn } from '../src/frame/number-in.ts'
import { hrefOf, isPlace } from '../src/paths.ts'

test('[CO17] the base is what stands before the folder of the app’s code', () => {
  for (const [script, base] of [
    ['https://chat.example.com/assets/index-a1.js', ''],
    ['https://example.com/chat/assets/index-a1.js', '/chat'],
    ['http://[::1]:8000/a/b.c/assets/index-a1.js', '/a/b.c'],
    ['https://example.com/x/assets/assets/index-a1.js', '/x/assets'],
    ['http://localhost:5173/src/base.ts', ''],
    ['http://localhost:5173/src/base.ts?t=1', ''],
    ['file:///home/ann/web/src/base.ts', ''],
  ] as const)
    assert.equal(baseOf(script), base, script)
  assert.equal(hrefOf('/r/1'), '/r/1')
})

test('[CO19] what the app has no screen for is no place', () => {
  for (const path of ['/', '/log-in/', '/settings/about', '/r/1', '/r/1/2/', '/r/abc'])
    assert.ok(isPlace(path), path)
  for (const path of ['/nothing', '/r', '/r/1/2/3', '/i/', '/settings/a/b', '/log-in2', '~/nothing'])
    assert.ok(!isPlace(path), path)
})

test('[CO19] an address names a room or a message by its number, as the app writes it', () => {
  assert.equal(numberIn('42'), 42)
  assert.equal(numberIn('999999999999999'), 999_999_999_999_999)
  for (const part of ['abc', '-1', '0', '01', '1.5', '1e1', '0x1', ' 1', '', '9999999999999999', '٣'])
    assert.equal(numberIn(part), undefined, part)
})
