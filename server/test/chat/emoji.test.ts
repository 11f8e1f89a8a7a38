import assert from 'node:assert/strict'
import { test } from 'node:test'
import { oneEmoji } from '../../src/chat/emoji.ts'

test('[MS7] one emoji is a reaction, of whatever parts', () => {
  for (const emoji of ['👍', '👍🏽', '❤️', '👩‍👩‍👧‍👦', '👩🏽‍🚀', '🇩🇪', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '1️⃣', '#️⃣', '©️', '🏳️‍🌈']) {
    assert.equal(oneEmoji(emoji), emoji)
  }
  assert.equal(oneEmoji('❤'), '❤️')
})

test('[MS7] nothing else is', () => {
  const others = [
    '',
    'x',
    '1',
    '#',
    'ok',
    '👍👍',
    '👍x',
    ' 👍',
    '👍 ',
    '\u200d',
    '\ufe0f',
    '🏽👍',
    '🇩',
    '<b>',
    '\u202e',
    '٣',
  ]
  for (const text of others) assert.equal(oneEmoji(text), undefined, JSON.stringify(text))
})
