import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MessageList } from '@parlance/client/message-list'
import type { Account, Message, OwnRoom } from '@parlance/client/models'
import fc from 'fast-check'
import { parseDraft } from '../../src/composer/draft.ts'
import { markOf, type Replacement, toggleMark } from '../../src/composer/formatting.ts'
import { lastOwn } from '../../src/composer/last-own.ts'
import { obstacle } from '../../src/composer/obstacle.ts'
import { isInOpenFence } from '../../src/composer/open-fence.ts'
import { isBlank, leftToWrite } from '../../src/composer/text-length.ts'

/** A text with what is selected in brackets, after a mark was toggled. */
function toggled(marked: string, mark: string): string {
  const start = marked.indexOf('[')
  const end = marked.indexOf(']') - 1
  const text = marked.replace(/[[\]]/g, '')
  return applied(text, toggleMark({ text, start, end }, mark))
}

function applied(text: string, { from, to, by, start, end }: Replacement): string {
  const after = text.slice(0, from) + by + text.slice(to)
  return `${after.slice(0, start)}[${after.slice(start, end)}]${after.slice(end)}`
}

test('a mark is set around what is selected, and taken away again', () => {
  assert.equal(toggled('a [b] c', '**'), 'a **[b]** c')
  assert.equal(toggled('a **[b]** c', '**'), 'a [b] c')
  assert.equal(toggled('a [**b**] c', '**'), 'a [b] c')
  assert.equal(toggled('a[ b ]c', '*'), 'a *[b]* c')
  assert.equal(toggled('[]', '`'), '`[]`')
  assert.equal(toggled('`[]`', '`'), '[]')
})

test('italics and bold do not take each other away', () => {
  assert.equal(toggled('**[b]**', '*'), '***[b]***')
  assert.equal(toggled('[**b**]', '*'), '*[**b**]*')
})

test('a mark that is set twice leaves the text as it was', () => {
  const word = fc.stringMatching(/^[a-z]{1,5}$/)
  fc.assert(
    fc.property(word, word, word, fc.constantFrom('**', '*', '`', '~~'), (before, selected, after, mark) => {
      const text = `${before} ${selected} ${after}`
      const start = before.length + 1
      const once = toggleMark({ text, start, end: start + selected.length }, mark)
      const marked = text.slice(0, once.from) + once.by + text.slice(once.to)
      const twice = toggleMark({ text: marked, start: once.start, end: once.end }, mark)
      assert.equal(marked.slice(0, twice.from) + twice.by + marked.slice(twice.to), text)
    }),
  )
})

test('the keys of the marks', () => {
  const press = (key: string, held: Partial<Parameters<typeof markOf>[0]> = { ctrlKey: true }) =>
    markOf({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held })
  assert.deepEqual(
    ['b', 'i', 'e'].map((key) => press(key)),
    ['**', '*', '`'],
  )
  assert.equal(press('X', { metaKey: true, shiftKey: true }), '~~')
  assert.equal(press('x'), undefined)
  assert.equal(press('b', {}), undefined)
  assert.equal(press('e', { ctrlKey: true, altKey: true }), undefined)
})

test('a block of code is open from its fence to the one that closes it', () => {
  // The caret is at the bar.
  for (const text of [
    '```|',
    '```js|',
    'see:\n```\nlet a|',
    '```\na|\n```',
    '~~~\na\n```|',
    '````\n```|',
    '  ```\nx|',
    '> ```\n> x|',
    '- ```\n  x|',
    '1. ```\n|',
    '```\na\n```\n```|',
    '```\n```x|',
  ]) {
    assert.equal(isInOpenFence(text.replace('|', ''), text.indexOf('|')), true, text)
  }
  for (const text of [
    '|',
    '|```\na',
    '``|',
    '```code```|',
    'a ```|',
    '```\na\n```|',
    '```\na\n````  |',
    '~~~\na|',
    '~~~\na\n~~~|',
    '+ ```\n|',
    '> ```\n> x\n> ```|',
    '- ```\n  x\n  ```|',
    '```\na\n```\nb|',
  ]) {
    assert.equal(isInOpenFence(text.replace('|', ''), text.indexOf('|')), false, text)
  }
})

test('a wall of quotes is looked through at once', () => {
  const wall = '> - '.repeat(4_000)
  assert.equal(isInOpenFence(`${wall}x`, wall.length + 1), false)
  assert.equal(isInOpenFence(`${wall}\`\`\``, wall.length + 3), true)
})

test('what is left to write is told from nine tenths on, in code points', () => {
  assert.equal(leftToWrite('x'.repeat(89), 100), undefined)
  assert.equal(leftToWrite('x'.repeat(90), 100), 10)
  assert.equal(leftToWrite('x'.repeat(103), 100), -3)
  assert.equal(leftToWrite('👍'.repeat(60), 100), undefined)
  assert.equal(leftToWrite('👍'.repeat(100), 100), 0)
})

test('what cannot be seen is no message', () => {
  for (const text of ['', ' \n\t', '\u200b\u200b', '\u2060 \u00ad', '\u202e\ufe0f']) assert.ok(isBlank(text))
  for (const text of ['a', '\u200ba', '👨‍👩‍👧', '❤️', 'ـ']) assert.ok(!isBlank(text))
})

test('a kept draft is read, anything else is none', () => {
  assert.deepEqual(parseDraft('{"text":"a","replyTo":3}'), { text: 'a', replyTo: 3, atMs: 0 })
  assert.deepEqual(parseDraft('{"text":"a","replyTo":"x"}'), { text: 'a', replyTo: null, atMs: 0 })
  const quiet = { text: 'a', replyTo: 3, notifyReplied: false, atMs: 9 }
  assert.deepEqual(parseDraft(JSON.stringify(quiet)), quiet)
  for (const kept of [null, '', '{', 'null', '[]', '{"text":1,"replyTo":null}']) {
    assert.equal(parseDraft(kept), undefined)
  }
})

const room = (change: Partial<OwnRoom> = {}): OwnRoom => ({
  ...{
    id: 1,
    name: 'tea',
    topic: '',
    visibility: 'open',
    archived: false,
    creator: null,
    members: 2,
    head: 1,
  },
  ...{
    createdAt: '2026-01-01T00:00:00.000Z',
    role: 'member',
    mutedUntil: null,
    lastMessageAt: null,
    read: 0,
    unread: 0,
    mentions: 0,
  },
  ...change,
})
const ann: Account = { id: 1, name: 'ann', kind: 'user', email: null, createdAt: '2026-01-01T00:00:00.000Z' }
const nowMs = Date.parse('2026-02-01T00:00:00.000Z')

test('why one cannot write', () => {
  const kind = (change: Partial<OwnRoom>, isMember = true, account = ann) =>
    obstacle(room(change), isMember, account, nowMs)?.kind
  assert.equal(kind({}), undefined)
  assert.equal(kind({}, false), 'gone')
  assert.equal(kind({ archived: true }), 'archived')
  assert.equal(kind({ mutedUntil: '2026-02-01T00:00:00.001Z' }), 'muted')
  assert.equal(kind({ mutedUntil: '2026-02-01T00:00:00.000Z' }), undefined)
  assert.equal(kind({ visibility: 'public' }, true, { ...ann, kind: 'guest' }), 'guestsOut')
})

test('the arrow up edits the last message of one’s own that is there', () => {
  const message = (seq: number, id: number | null, deletedAt: string | null = null): Message => ({
    ...{ id: seq, room: 1, seq, at: '2026-01-01T00:00:00.000Z', text: 'x', version: 1, editedAt: null },
    ...{ deletedAt, replyTo: null, mentions: [], reactions: [], nonce: null },
    author: { id, name: 'n', kind: 'user' },
  })
  const list = MessageList.of([
    message(1, 1),
    message(2, 1),
    message(3, 1, 'then'),
    message(4, 2),
    message(5, null),
  ])
  assert.equal(lastOwn(list, 1)?.seq, 2)
  assert.equal(lastOwn(list, 7), undefined)
})
