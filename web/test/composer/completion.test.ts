import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { User } from '@parlance/client/models'
import { emojiSuggestions, mentionSuggestions } from '../../src/composer/completion.ts'
import { triggerAt } from '../../src/composer/trigger.ts'
import { emojiData } from '../../src/emoji/emoji-data.ts'
import { rankEmoji } from '../../src/emoji/rank-emoji.ts'

const user = (id: number, name: string, kind: User['kind'] = 'user'): User => ({ id, name, kind })

test('a name after @ at the begin of a word can be completed', () => {
  for (const [text, query] of [
    ['@', ''],
    ['hi @an', 'an'],
    ['(@a.b-c', 'a.b-c'],
    ['line\n@Ö', 'Ö'],
  ] as const) {
    const trigger = triggerAt(text, text.length)
    assert.deepEqual([trigger?.kind, trigger?.query], ['mention', query], text)
    assert.equal(text.slice(trigger?.from, trigger?.to), `@${query}`)
  }
  for (const text of ['', 'a@b', 'ann', '@ann ', '@a@b'])
    assert.equal(triggerAt(text, text.length), undefined, text)
})

test('only what stands before the cursor counts', () => {
  assert.equal(triggerAt('@ann', 2)?.query, 'a')
  assert.equal(triggerAt('@ann', 0), undefined)
  assert.equal(triggerAt(`${'x'.repeat(16_000)} @b`, 16_003)?.query, 'b')
})

test('a word after : can be completed to an emoji, from its second letter on', () => {
  assert.equal(triggerAt('ok :sm', 6)?.query, 'sm')
  assert.equal(triggerAt(':+1', 3)?.query, '+1')
  for (const text of [':', ':s', 'a:smile', '10:30', 'http://a', ':)']) {
    assert.equal(triggerAt(text, text.length), undefined, text)
  }
})

test('members come by the begin of their names, who is online first; guests cannot be mentioned', () => {
  const members = [
    user(1, 'anna'),
    user(2, 'ben.anders'),
    user(3, 'Ann'),
    user(4, 'annika', 'guest'),
    user(5, 'ann bee'),
    user(6, 'dora'),
  ]
  const names = (query: string, ...online: number[]) =>
    mentionSuggestions(query, members, new Set(online)).map(({ text }) => text)
  assert.deepEqual(names('an', 1), ['@anna ', '@Ann ', '@ben.anders '])
  assert.deepEqual(names('AN', 2), ['@Ann ', '@anna ', '@ben.anders '])
  assert.deepEqual(names('ann', 1), ['@Ann ', '@anna '], 'the same name before one that begins so')
  assert.deepEqual(names('ers'), ['@ben.anders '], 'the inside of a name too')
  assert.deepEqual(names('ÄND'), ['@ben.anders '])
  assert.deepEqual(names('x'), [])
  assert.equal(
    mentionSuggestions(
      '',
      Array.from({ length: 50 }, (_, i) => user(i, `u${i}`)),
      new Set(),
    ).length,
    8,
  )
})

const emoji = (emoji: string, label: string, shortcodes: string[] = [], tags: string[] = []) => ({
  ...{ emoji, label, shortcodes, tags },
})

test('emoji come by their names, then by the words that have to do with them', () => {
  const all = [
    emoji('😀', 'Grinning face', ['grinning'], ['happy', 'smile']),
    emoji('🎉', 'Party popper', ['tada'], ['hooray']),
    emoji('🫠', 'Melting face', ['melting_face'], ['smiling']),
    emoji('😼', 'Smile of a cat', ['smirk_cat']),
    emoji('👍', 'Thumbs up', ['+1', 'thumbsup']),
  ]
  const found = (query: string) => emojiSuggestions(query, all).map(({ emoji }) => emoji)
  assert.deepEqual(found('tada'), ['🎉'])
  assert.deepEqual(found('smil'), ['😼', '😀', '🫠'])
  assert.deepEqual(found('smile'), ['😼', '😀'])
  assert.deepEqual(found('face'), ['😀', '🫠'])
  assert.deepEqual(found('melting_f'), ['🫠'])
  assert.deepEqual(found('+1'), ['👍'])
  assert.deepEqual(found('zzz'), [])
})

test('the emoji that is called so is first, whatever its category; of equals the one used last', () => {
  const all = [
    emoji('🧑‍🚀', 'Astronaut', ['astronaut'], ['rocket', 'space']),
    emoji('🪖', 'Sprocket', []),
    emoji('🛰', 'Little rocket', []),
    emoji('🧨', 'Rocketry', []),
    emoji('🚀', 'Rakete', ['rocket']),
    emoji('🧪', 'Räucherstäbchen', [], ['straße']),
  ]
  const found = (query: string, recent?: string[]) => rankEmoji(query, all, recent).map(({ emoji }) => emoji)
  assert.deepEqual(found('rocket'), ['🚀', '🧨', '🛰', '🪖', '🧑‍🚀'])
  assert.deepEqual(found('ROCKET', ['🧑‍🚀', '🧨']), ['🚀', '🧨', '🛰', '🪖', '🧑‍🚀'])
  assert.deepEqual(found('rocke', ['🧨']), ['🧨', '🚀', '🛰', '🪖', '🧑‍🚀'])
  assert.deepEqual(found('rakete'), ['🚀'])
  assert.deepEqual(found('raucherstab'), ['🧪'])
  assert.deepEqual(found('strasse'), ['🧪'])
  assert.deepEqual(found(' '), [])
})

test('the words of the built-in data lead to what people mean by them, in both languages', async () => {
  const first = async (language: 'de' | 'en', query: string) =>
    rankEmoji(query, (await emojiData(language)).emojis)[0]?.emoji
  for (const [query, wanted] of [
    ['rocket', '🚀'],
    ['heart', '❤️'],
    ['fire', '🔥'],
    ['tada', '🎉'],
    ['+1', '👍'],
    ['thumbsup', '👍'],
    ['pizza', '🍕'],
    ['dog', '🐶'],
    ['coffee', '☕'],
  ] as const) {
    assert.equal(await first('en', query), wanted, query)
  }
  for (const [query, wanted] of [
    ['rakete', '🚀'],
    ['rocket', '🚀'],
    ['feuer', '🔥'],
    ['rotes herz', '❤️'],
    ['daumen hoch', '👍'],
    ['Käse', '🧀'],
    ['kase', '🧀'],
  ] as const) {
    assert.equal(await first('de', query), wanted, query)
  }
})
