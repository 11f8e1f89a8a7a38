import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Account, Message, OwnRoom } from '@parlance/client/models'
import { parseText } from '@parlance/client/text'
import { lineOf } from '../../src/message/markdown/line-of.ts'
import { mentionedIn } from '../../src/message/markdown/mentioned.ts'
import { messageRights } from '../../src/message/message-rights.ts'

const at = '2026-01-01T00:00:00.000Z'
const nowMs = Date.parse('2026-02-01T00:00:00.000Z')
const ann: Account = { id: 1, name: 'ann', kind: 'user', email: null, createdAt: at }
const message = (author: number | null, deletedAt: string | null = null): Message => ({
  ...{ id: 1, room: 1, seq: 1, at, text: 'x', version: 1, editedAt: null, replyTo: null, nonce: null },
  ...{ deletedAt, mentions: [], reactions: [], author: { id: author, name: 'n', kind: 'user' } },
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
    createdAt: at,
    role: 'member',
    mutedUntil: null,
    lastMessageAt: null,
    read: 0,
    unread: 0,
    mentions: 0,
  },
  ...change,
})
const rights = (one: Message, change?: Partial<OwnRoom>) => messageRights(one, room(change), ann, nowMs)

test('one’s own message can be edited and deleted, of others only a moderator deletes', () => {
  assert.deepEqual(rights(message(1)), { write: true, edit: true, remove: true })
  assert.deepEqual(rights(message(2)), { write: true, edit: false, remove: false })
  assert.deepEqual(rights(message(2), { role: 'moderator' }), { write: true, edit: false, remove: true })
  assert.equal(rights(message(2), { role: 'owner', visibility: 'direct' }).remove, false)
  assert.equal(rights(message(null)).edit, false)
})

test('nothing is changed where one may not write', () => {
  const none = { write: false, edit: false, remove: false }
  assert.deepEqual(rights(message(1, at)), none)
  assert.deepEqual(rights(message(1), { archived: true, role: 'owner' }), none)
  assert.deepEqual(rights(message(1), { mutedUntil: '2026-03-01T00:00:00.000Z' }), none)
  assert.equal(rights(message(1), { mutedUntil: at }).write, true)
})

test('a message in one line', () => {
  const line = (text: string) => lineOf(parseText(text))
  assert.equal(line('**a** `b`\nc\n\n- [x](https://y.example) @ann'), 'a b c • x @ann')
  assert.equal(line('```ts\nlet a\nlet b\n```'), 'let a let b')
  assert.equal(line('x'.repeat(300)).length, 201)
})

const inlinesOf = (text: string) =>
  parseText(text).flatMap((block) => (block.kind === 'paragraph' ? block.children : []))

/** What is marked at each `@` of a text. */
const marked = (text: string, mentions: readonly number[], members?: ReadonlyMap<number, string>) =>
  inlinesOf(text).flatMap((inline) =>
    inline.kind === 'mention'
      ? [
          mentionedIn(mentions, parseText(text), (id) => (id === ann.id ? ann.name : members?.get(id)))(
            inline,
          ),
        ]
      : [],
  )

test('[MK11] who is mentioned is known by id; unknown ones are all names that are left, where they are as many', () => {
  const known = new Map([
    [2, 'Ben'],
    [3, 'ben.li'],
  ])
  const me = { name: 'ann', user: 1 }
  assert.deepEqual(marked('@ann and @ben', [1, 2]), [me, { name: 'ben', user: null }])
  assert.deepEqual(marked('@ann and @ben and @nobody', [1, 2]), [me, undefined, undefined])
  assert.deepEqual(marked('@ann @BEN @nobody', [1, 2], known), [me, { name: 'BEN', user: 2 }, undefined])
  assert.deepEqual(marked('@ben.li @ben.lo', [2, 3], known), [
    { name: 'ben.li', user: 3 },
    { name: 'ben', user: 2 },
  ])
  assert.deepEqual(marked('@ann', []), [undefined])
  // Whoever is called so by now is not who was mentioned.
  assert.deepEqual(marked('@ann', [7]), [{ name: 'ann', user: null }])
})

const names = (text: string, people: number) =>
  marked(
    text,
    Array.from({ length: people }, (_, index) => 7 + index),
  ).map((one) => one?.name)

test('[MK11] an unknown name in a script with spaces ends where one without begins', () => {
  assert.deepEqual(names('你好@bob你好', 1), ['bob'])
  assert.deepEqual(names('@bob你好 @bob吃 @BOB', 1), ['bob', 'bob', 'BOB'])
  assert.deepEqual(names('@bob.li2さん @иванครับ @zoëຈ', 3), ['bob.li2', 'иван', 'zoë'])
  assert.deepEqual(names('@bob님 @annក @liမ', 3), ['bob', 'ann', 'li'])
  // Else it is as long as it may be.
  assert.deepEqual(names('@小明 @小明2 @小明2你好 @bob_小明 @ann.lee', 4), [
    '小明',
    '小明2',
    '小明2',
    'bob_小明',
    'ann.lee',
  ])
})

test('[MK11] unknown names that begin alike are one, where fewer people than names are mentioned', () => {
  assert.deepEqual(names('@小明你好 @小明吃', 2), ['小明你好', '小明吃'])
  assert.deepEqual(names('@小明你好 @小明吃', 1), ['小明', '小明'])
  assert.deepEqual(names('@小明你好 @小明吃 @小王来', 2), ['小明', '小明', '小王来'])
  assert.deepEqual(names('@小明hello @小明', 1), ['小明', '小明'])
  // One letter is no name, and part of a name in another script neither.
  assert.deepEqual(names('@小明 @小王', 1), [undefined, undefined])
  assert.deepEqual(names('@ann.lee @ann.ray', 1), [undefined, undefined])
  assert.deepEqual(names('@小明你好 @小明吃 @bob', 1), [undefined, undefined, undefined])
})
