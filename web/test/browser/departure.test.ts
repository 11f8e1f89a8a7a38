import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { axe, comesTrue, openStage, type Stage } from './support.ts'

const row = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name })
const composer = (page: Page) => page.getByRole('textbox', { name: /^Message to/ })

/** Ann, who has a room of an owner's open and has begun to write there. */
async function annWrites(stage: Stage, visibility: 'public' | 'private') {
  const ann = await stage.person('ann')
  const owner = await stage.account('owner')
  const { id } = await owner.do('POST', '/v1/rooms', { name: 'tea', visibility })
  const takeIn = () => owner.do('POST', `/v1/rooms/${id}/members`, { user: ann.id })
  await takeIn()
  await owner.do('POST', `/v1/rooms/${id}/messages`, { text: 'The kettle is on.' })
  await ann.page.goto(`/r/${id}`)
  await ann.page.getByText('The kettle is on.').waitFor()
  await composer(ann.page).fill('Half a sen')
  return { ann, owner, id: id as number, page: ann.page, takeIn }
}

/** Whether the browser keeps this text of what it knows. */
async function isKept(page: Page, text: string): Promise<boolean> {
  return page.evaluate(async (wanted) => {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const opening = indexedDB.open('parlance')
    opening.onsuccess = () => {
      const { result: database } = opening
      const reading = database.transaction('kept').objectStore('kept').getAll()
      reading.onsuccess = () => {
        database.close()
        resolve(JSON.stringify(reading.result).includes(wanted))
      }
    }
    return promise
  }, text)
}

describe('who has a room open', () => {
  it('and is removed sees that, nothing more of the room, and may come back to what they wrote', async () => {
    await using stage = await openStage()
    const { owner, ann, page, id } = await annWrites(stage, 'public')
    await owner.do('DELETE', `/v1/rooms/${id}/members/${ann.id}`)
    await page.getByText('You were removed from this room.').waitFor()
    await row(page, 'tea').waitFor({ state: 'detached' })
    assert.equal(await page.getByText('The kettle is on.').count(), 0)
    assert.equal(await composer(page).count(), 0)
    await page.getByRole('button', { name: 'Join again' }).click()
    await page.getByText('The kettle is on.').waitFor()
    assert.equal(await composer(page).inputValue(), 'Half a sen')
  })

  it('and is removed from a private one is brought back by who takes them in', async () => {
    await using stage = await openStage()
    stage.allow(/status of 404/)
    const { owner, ann, page, id, takeIn } = await annWrites(stage, 'private')
    await owner.do('DELETE', `/v1/rooms/${id}/members/${ann.id}`)
    await page.getByText('You were removed from this room.').waitFor()
    await page.getByRole('link', { name: 'Back to your rooms' }).waitFor()
    assert.equal(await page.getByText('tea', { exact: true }).count(), 0)
    await axe(page)
    await takeIn()
    await page.getByText('The kettle is on.').waitFor()
    await comesTrue(() => isKept(page, 'The kettle is on.'))
    await owner.do('DELETE', `/v1/rooms/${id}/members/${ann.id}`)
    await page.getByText('You were removed from this room.').waitFor()
    await comesTrue(async () => !(await isKept(page, 'The kettle is on.')))
  })

  it('and is banned sees that, finds no way in, and is told so by the door', async () => {
    await using stage = await openStage()
    stage.allow(/status of 403/)
    const { owner, ann, page, id } = await annWrites(stage, 'public')
    await owner.do('PUT', `/v1/rooms/${id}/bans/${ann.id}`)
    const told = 'You are banned from this room. Its moderators can let you in again.'
    await page.getByText(told).waitFor()
    assert.equal(await page.getByRole('button', { name: /^Join/ }).count(), 0)
    assert.equal(await page.getByText('The kettle is on.').count(), 0)
    await axe(page)
    // So a reload says, and another tab, and wherever else the room stands.
    const other = await ann.context.newPage()
    await page.reload()
    await other.goto(`/r/${id}`)
    for (const tab of [page, other]) {
      await tab.getByText(told).waitFor()
      assert.equal(await tab.getByRole('button', { name: /^Join/ }).count(), 0)
    }
    await other.goto('/browse')
    await other.getByRole('listitem').filter({ hasText: 'tea' }).getByText('Banned').waitFor()
    await other.keyboard.press('Control+k')
    await other.getByRole('combobox').fill('tea')
    await other.getByRole('option', { name: 'tea' }).getByText('Banned').waitFor()
    await owner.do('DELETE', `/v1/rooms/${id}/bans/${ann.id}`)
    await page.reload()
    await page.getByRole('button', { name: 'Join' }).click()
    await page.getByText('The kettle is on.').waitFor()
  })

  it('and is banned from a private one is told so after a reload, too', async () => {
    await using stage = await openStage()
    stage.allow(/status of 40[34]/)
    const { owner, ann, page, id } = await annWrites(stage, 'private')
    await owner.do('PUT', `/v1/rooms/${id}/bans/${ann.id}`)
    await page.getByText('You are banned from this room.').waitFor()
    await page.reload()
    await page.getByText('You are banned from this room.').waitFor()
    assert.equal(await page.getByText('tea', { exact: true }).count(), 0)
  })

  it('and was removed while there was no connection sees that afterwards', async () => {
    await using stage = await openStage()
    const { owner, ann, page, id } = await annWrites(stage, 'public')
    await comesTrue(() => isKept(page, 'The kettle is on.'))
    let isAway = true
    await page.routeWebSocket(/./, (socket) => void (isAway ? socket.close() : socket.connectToServer()))
    await page.reload()
    await page.getByText('The kettle is on.').waitFor()
    await owner.do('DELETE', `/v1/rooms/${id}/members/${ann.id}`)
    isAway = false
    await page.getByText('You are not a member of this room any more.').waitFor()
    await page.getByRole('button', { name: 'Join again' }).waitFor()
    assert.equal(await page.getByText('The kettle is on.').count(), 0)
  })
})

describe('whose session is ended elsewhere', () => {
  it('is asked to log in, in each tab; nothing is kept, and the way leads back to the room', async () => {
    await using stage = await openStage()
    const { ann, page, id } = await annWrites(stage, 'private')
    const other = await ann.context.newPage()
    await other.goto('/browse')
    await other.getByRole('heading', { name: 'Browse rooms' }).waitFor()
    await comesTrue(() => isKept(page, 'The kettle is on.'))
    const { sessions } = await ann.do('GET', '/v1/sessions')
    const own = sessions.find(({ current }: { current: boolean }) => !current)
    await ann.do('DELETE', `/v1/sessions/${own.id}`)
    for (const tab of [page, other]) await tab.getByText('You are logged out. Log in again').waitFor()
    await axe(page)
    await comesTrue(async () => !(await isKept(page, 'The kettle is on.')))
    assert.equal(new URL(page.url()).pathname, `/r/${id}`)
    await page.getByLabel('Name or e-mail').fill('ann')
    await page.getByLabel('Password', { exact: true }).fill(ann.password)
    await page.keyboard.press('Enter')
    await page.getByText('The kettle is on.').waitFor()
    assert.equal(await composer(page).inputValue(), '')
    // They share the session: the other tab is in as well, where it was.
    await other.getByRole('heading', { name: 'Browse rooms' }).waitFor()
  })
})
