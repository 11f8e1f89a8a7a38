import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { de } from '../../src/texts/de.ts'
import { en } from '../../src/texts/en.ts'
import { personName } from '../../src/texts/person-name.ts'

const src = join(import.meta.dirname, '../../src')

it('[AC23] a guest is said to be one, in each language; who is gone has no name', () => {
  assert.equal(personName(en.common, { name: 'ann', kind: 'guest' }), 'ann (guest)')
  assert.equal(personName(de.common, { name: 'ann', kind: 'guest' }), 'ann (Gast)')
  assert.equal(personName(en.common, { name: 'ann', kind: 'user' }), 'ann')
  assert.equal(personName(en.common, { name: 'Deleted user', kind: 'deleted' }), 'Deleted account')
})

/** Where the plain name of a person is right, and why. */
const plain = new Map([
  ['ui/avatar.tsx', 'initials'],
  ['composer/completion.ts', 'mentions mean accounts alone, and are written so'],
  ['composer/absent-note.tsx', 'accounts alone are found'],
  ['rooms/user-picker.tsx', 'accounts alone are found'],
  ['rooms/use-switcher-groups.ts', 'accounts alone are found'],
  ['rooms/invite-dialog.tsx', 'accounts alone are invited'],
  ['rooms/group-members.ts', 'searched and sorted by it'],
  ['rooms/mute-dialog.tsx', 'given as people read it'],
  ['message/body/marked-text.tsx', 'what a mention is compared with'],
])

it('[AC23] wherever the name of a person stands, it says whether they are a guest', () => {
  const person = /\b(?:author|actor|user|account|createdBy|by|peer|other|member)\??\.name\b/
  const found = globSync('**/*.{ts,tsx}', { cwd: src }).filter((file) =>
    person.test(readFileSync(join(src, file), 'utf8')),
  )
  assert.deepEqual(found.map((file) => file.replaceAll('\\', '/')).toSorted(), [...plain.keys()].toSorted())
})
