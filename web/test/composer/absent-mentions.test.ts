import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { User } from '@parlance/client/models'
import { nameKey } from '@parlance/client/names'
import { absentMentions } from '../../src/composer/absent-mentions.ts'

const user = (id: number, name: string, kind: User['kind'] = 'user'): User => ({ id, name, kind })
const accounts = [user(1, 'ann'), user(2, 'ben'), user(3, 'ann.lee'), user(4, 'bob'), user(5, 'Zoë')]

async function told(text: string, members: readonly User[] = [user(1, 'ann')]) {
  const asked: string[] = []
  const absent = await absentMentions(text, members, async (key, name) => {
    asked.push(name)
    return accounts.find((account) => nameKey(account.name) === key)
  })
  return { names: absent.map(({ name }) => name), asked }
}

test('[MS15] who is mentioned and not in the room is told, once, however it is written', async () => {
  assert.deepEqual((await told('tea, @ben? @BEN!')).names, ['ben'])
  assert.deepEqual((await told('你好@bob你好 and @zoë')).names, ['bob', 'Zoë'])
  assert.deepEqual((await told('@ben', [user(2, 'Ben')])).names, [])
  assert.deepEqual((await told('@nobody')).names, [])
})

test('a member is not asked for; a longer name that nobody here has is another one’s', async () => {
  assert.deepEqual(await told('@ann and @ann'), { names: [], asked: [] })
  assert.deepEqual((await told('@ann.lee', [user(3, 'ann.lee')])).names, [])
})

test('nobody is mentioned in code, fences, addresses and packages', async () => {
  for (const text of [
    '`@ben`',
    '```\n@ben\n```',
    'mail x@ben.example',
    'https://a.example/@ben',
    '@ben/pkg',
  ]) {
    assert.deepEqual(await told(text), { names: [], asked: [] }, text)
  }
})

test('a wall of mentions is looked up in a part', async () => {
  const wall = Array.from({ length: 200 }, (_, n) => `@nobody${n}`).join(' ')
  assert.ok((await told(wall)).asked.length < 15)
})
