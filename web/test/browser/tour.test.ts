import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { axe, desktop, fits, openStage, type Person, phone, shot, tablet } from './support.ts'

/** What people of a small team say, of many lengths: [who, text]. */
const talk = [
  ['ann', 'Good morning! The release goes out on **Thursday**, so today is for what is left over.'],
  ['ben', 'Morning'],
  [
    'ben',
    'I have the reconnect fix in review:\n\n```ts\nconst room = client.room(12)\nawait room.open()\n```',
  ],
  ['carla', 'Reading it now. Two small things, nothing that blocks.'],
  ['ann', '👍'],
  [
    'dario',
    '- notes for the release\n- the screenshots\n- a word to the beta testers, who have waited since *May*',
  ],
  ['nour', 'صباح الخير، سأكتب الملاحظات اليوم'],
  ['carla', '> a word to the beta testers\n\n@ann will you, or shall I? I have their addresses.'],
  [
    'ann',
    'You, please. Tell them what changed for people who are often on trains: that a message is stored before it is ' +
      'acknowledged, that nothing comes twice, and that whoever was away reads on where they were. The long version is at ' +
      'https://chat.example.com/notes, and whoever wants to know how it works finds the rules in the docs.',
  ],
  ['ben', 'Merged.'],
] as const

async function conversation(people: Readonly<Record<string, Pick<Person, 'do' | 'id'>>>) {
  const ann = people.ann!
  const { id } = await ann.do('POST', '/v1/rooms', {
    name: 'release',
    topic: 'Out on Thursday. Blockers here, please.',
  })
  for (const [name, { id: user }] of Object.entries(people))
    if (name !== 'ann') await ann.do('POST', `/v1/rooms/${id}/members`, { user })
  const said: { id: number }[] = []
  for (const [name, text] of talk)
    said.push(await people[name]!.do('POST', `/v1/rooms/${id}/messages`, { text }))
  const react = (name: string, at: number, emoji: string) =>
    people[name]!.do('PUT', `/v1/rooms/${id}/messages/${said[at]!.id}/reactions/${encodeURIComponent(emoji)}`)
  await react('ben', 0, '🎉')
  await react('carla', 0, '🎉')
  await react('ann', 9, '👏')
  await people.carla!.do('POST', `/v1/rooms/${id}/messages`, { text: 'At last.', replyTo: said[9]!.id })
  for (const [name, topic, visibility] of [
    ['design', 'Screens and words', 'private'],
    ['lunch', 'Where and when', 'open'],
    ['ops', '', 'public'],
  ]) {
    const room = await people.ben!.do('POST', '/v1/rooms', { name, topic, visibility })
    await people.ben!.do('POST', `/v1/rooms/${room.id}/members`, { user: ann.id })
    await people.ben!.do('POST', `/v1/rooms/${room.id}/messages`, {
      text: name === 'ops' ? '@ann the disk of staging is full again' : 'Anybody here?',
    })
  }
  const direct = await people.carla!.do('POST', '/v1/directs', { user: ann.id })
  await people.carla!.do('POST', `/v1/rooms/${direct.id}/messages`, { text: 'Do you have a minute?' })
  return id as number
}

/** The places of the app, and how one gets there from a room. */
const screens: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  room: (page) => page.getByText('At last.').waitFor(),
  details: async (page) => {
    await page.getByRole('button', { name: /5 members/ }).click()
    await page.getByText('Created on').waitFor()
  },
  switcher: async (page) => {
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').fill('de')
    await page.getByRole('option').first().waitFor()
  },
  browse: async (page) => {
    await page.goto('/browse')
    await page.getByRole('button', { name: 'Open lunch' }).waitFor()
  },
  settings: async (page) => {
    await page.goto('/settings/appearance')
    await page.getByText('Theme').first().waitFor()
  },
}

/** Each size by day or by night. */
const looks = [
  { name: 'desktop', viewport: desktop, colorScheme: 'light', shown: Object.keys(screens) },
  { name: 'phone', viewport: phone, colorScheme: 'dark', shown: Object.keys(screens) },
  { name: 'tablet', viewport: tablet, colorScheme: 'light', shown: ['room', 'details'] },
  { name: 'desktop', viewport: desktop, colorScheme: 'dark', shown: ['room', 'switcher'] },
  { name: 'phone', viewport: phone, colorScheme: 'light', shown: ['room', 'details'] },
] as const

describe('a team’s room', () => {
  it('looks right and is open to everyone, on each size of screen, by day and by night', async () => {
    await using stage = await openStage({ isWhole: true })
    const ann = await stage.person('ann')
    const others = ['ben', 'carla', 'dario', 'nour']
    const accounts = await Promise.all(others.map((name) => stage.account(name)))
    const id = await conversation({ ann, ...Object.fromEntries(accounts.map((one) => [one.name, one])) })
    const { page } = ann
    for (const { name, viewport, colorScheme, shown } of looks) {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      for (const screen of shown) {
        await page.goto(`/r/${id}`)
        await screens.room!(page)
        await screens[screen]!(page)
        await fits(page)
        await axe(page)
        await shot(page, `${screen}-${name}-${colorScheme}`)
      }
    }
  })

  it('two people talk: each sees the other type and write, read and react', async (t) => {
    await using stage = await openStage({ isWhole: true })
    const [ann, ben] = await Promise.all([stage.person('ann'), stage.person('ben')])
    const { id } = await ann.do('POST', '/v1/directs', { user: ben.id })
    await Promise.all([ann.page.goto(`/r/${id}`), ben.page.goto(`/r/${id}`)])
    const box = (page: Page) => page.getByRole('textbox', { name: /^Message/ })
    await box(ben.page).waitFor()
    await box(ann.page).pressSequentially('Do you have a minute?')
    await ben.page.getByText('ann is typing').waitFor()
    // By the clock of the machine, when the key goes down and when the text is there.
    await ann.page.evaluate("addEventListener('keydown', () => { window.pressedAt = Date.now() }, true)")
    await ben.page.evaluate(`new MutationObserver(() => {
      if (document.querySelector('[role=log]').textContent.includes('Do you have')) window.shownAt ??= Date.now()
    }).observe(document.body, { subtree: true, childList: true, characterData: true })`)
    await box(ann.page).press('Enter')
    await ben.page.getByRole('log').getByText('Do you have a minute?').waitFor()
    const tookMs =
      (await ben.page.evaluate<number>('shownAt')) - (await ann.page.evaluate<number>('pressedAt'))
    t.diagnostic(`typed in one browser, shown in the other after ${tookMs} ms`)
    await ben.page.getByText('ann is typing').waitFor({ state: 'hidden' })
    await ann.page.getByText(/^Seen/).waitFor()
    await box(ben.page).fill('Sure, **now**.')
    await box(ben.page).press('Enter')
    await ann.page.getByRole('log').getByText('now', { exact: true }).waitFor()
    assert.equal(await ann.page.getByRole('log').locator('strong').textContent(), 'now')
  })
})
