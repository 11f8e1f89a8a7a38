import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { axe, fits, looks, openStage, phone, type Stage, shot } from './support.ts'

async function enterAsGuest(page: Page, name: string, room: string): Promise<void> {
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Room', { exact: true }).fill(room)
  await page.getByRole('button', { name: 'Enter' }).click()
}

/** Waits until the room of this name is open. */
async function isIn(page: Page, room: string): Promise<void> {
  await page.waitForURL(/\/r\/\d+$/)
  await page.getByRole('heading', { name: room, exact: true }).first().waitFor()
}

/** The way that is chosen. */
const chosen = (page: Page) => page.locator('button[aria-pressed=true]').textContent()

/** Somebody's link into a room, and its path. */
async function invitation(stage: Stage, visibility: string) {
  const ann = await stage.account('ann')
  const { id } = await ann.do('POST', '/v1/rooms', { name: 'den', topic: 'All about badgers', visibility })
  await ann.do('POST', `/v1/rooms/${id}/messages`, { text: 'Here you are' })
  const { invite } = await ann.do('POST', `/v1/rooms/${id}/invites`, {})
  const revoke = () => ann.do('POST', `/v1/rooms/${id}/invites/revoke`, { code: invite.code })
  return { ann, id: id as number, path: `/invite#${invite.code}`, revoke }
}

describe('an invitation', () => {
  it('says who invites to what, has one sign up, and leads into the room', async () => {
    await using stage = await openStage()
    stage.allow(/status of 4/)
    const { path, id } = await invitation(stage, 'private')
    for (const { size, viewport, colorScheme } of looks) {
      const page = await stage.window({ path, viewport, colorScheme })
      await page.getByRole('heading', { name: 'ann invites you to den' }).waitFor()
      await page.getByText('All about badgers').waitFor()
      await page.getByText('1 member · Private: by invitation.').or(page.getByText('2 members')).waitFor()
      assert.equal(await chosen(page), 'Sign up')
      await axe(page)
      await fits(page)
      await shot(page, `entry-invitation-${size}-${colorScheme}`)
      await page.getByRole('button', { name: 'As a guest' }).click()
      await page.getByText('This room needs an account').waitFor()
      assert.equal(await page.getByLabel('Your name').count(), 0)
      await axe(page)
      await page.locator('main').getByRole('button', { name: 'Sign up' }).last().click()
      await page.getByLabel('Name', { exact: true }).fill(`new-${size}`)
      await page.getByLabel('Password', { exact: true }).fill('long enough')
      await page.keyboard.press('Enter')
      await page.getByText('Here you are').waitFor()
      assert.equal(new URL(page.url()).pathname, `/r/${id}`)
    }
  })

  it('tells a guest who is in that the room needs an account, and the way to get one', async () => {
    await using stage = await openStage()
    stage.allow(/status of 4/)
    const { path, id } = await invitation(stage, 'public')
    const { page } = await stage.person('gus', { as: 'guest', path })
    await page.getByText('This room needs an account, and you are here as a guest.').waitFor()
    assert.equal(await page.getByText('This invitation has ended').count(), 0)
    await axe(page)
    await page.goto(`/r/${id}`)
    await page.getByText('It may be private, or for people with an account.').waitFor()
    await page.goto(path)
    await page.getByRole('button', { name: 'Log out and sign up' }).click()
    await page.getByRole('heading', { name: 'ann invites you to den' }).waitFor()
    assert.equal(await chosen(page), 'Sign up')
  })

  it('lets guests into an open room, and says where it has ended', async () => {
    await using stage = await openStage()
    stage.allow(/status of 4/)
    const { path, id, revoke } = await invitation(stage, 'open')
    const page = await stage.window({ path })
    await page.getByRole('button', { name: 'As a guest' }).click()
    await page.getByLabel('Your name').fill('gus')
    await page.keyboard.press('Enter')
    await page.getByText('Here you are').waitFor()
    assert.equal(new URL(page.url()).pathname, `/r/${id}`)
    await page.getByRole('navigation').getByRole('button', { name: 'gus' }).click()
    await page.getByRole('menuitem', { name: 'Log out' }).click()
    await page.getByText('You are logged out.').waitFor()
    await revoke()
    await page.goto(path)
    await page.getByText('This invitation has ended. It has expired or was taken back.').waitFor()
    // The way that was used last on this device.
    assert.equal(await chosen(page), 'As a guest')
    await page.goto(`/r/${id}`)
    await page.getByText('Log in or sign up to open this link.').waitFor()
    assert.equal(await chosen(page), 'As a guest')
  })
})

describe('the way in', () => {
  it('lets a guest in with a room and a name: the first makes the room, the next one finds it', async () => {
    await using stage = await openStage()
    const ann = await stage.window()
    await enterAsGuest(ann, 'ann', 'Tea & Cake')
    await isIn(ann, 'Tea & Cake')
    const ben = await stage.window({ path: '/?room=tea%20%26%20cake' })
    assert.equal(await ben.getByLabel('Room', { exact: true }).inputValue(), 'tea & cake')
    await ben.getByLabel('Your name').fill('ben')
    await ben.keyboard.press('Enter')
    await isIn(ben, 'Tea & Cake')
    assert.equal(new URL(ben.url()).pathname, new URL(ann.url()).pathname)
    await ben.reload()
    await isIn(ben, 'Tea & Cake')
  })

  it('tells a guest at the field what cannot be', async () => {
    await using stage = await openStage()
    stage.allow(/status of 4/)
    const owner = await stage.account('owner')
    await owner.do('POST', '/v1/rooms', { name: 'board', visibility: 'public' })
    const page = await stage.window()
    await enterAsGuest(page, 'a b', 'tea')
    await page.getByText('A name is made of letters and digits').waitFor()
    await enterAsGuest(page, 'guest1', 'board')
    await page.getByText('Guests cannot enter the room of this name.').waitFor()
    assert.equal(await page.getByLabel('Room', { exact: true }).getAttribute('aria-invalid'), 'true')
    await enterAsGuest(page, 'OWNER', 'tea')
    await page.getByText(/Somebody here has this name.*: OWNER-\d\d/).waitFor()
    await enterAsGuest(page, 'guest1', 'tea')
    await isIn(page, 'tea')
    // [AC23] As which one stands everywhere.
    await page.getByRole('button', { name: 'guest1 (guest)' }).waitFor()
  })

  it('signs up and logs in, and says at the fields what is wrong', async () => {
    await using stage = await openStage()
    stage.allow(/status of 4/)
    await stage.account('ann')
    const page = await stage.window()
    await page.getByRole('button', { name: 'Sign up' }).first().click()
    assert.equal(new URL(page.url()).pathname, '/sign-up')
    const send = page.locator('form').getByRole('button', { name: 'Sign up' })
    await page.getByLabel('Name', { exact: true }).fill('ann')
    await page.getByLabel('Password', { exact: true }).fill('short')
    await send.click()
    await page.getByRole('alert').getByText('At least 8 characters.').waitFor()
    await page.getByLabel('Password', { exact: true }).fill('long enough')
    await send.click()
    await page.getByText('This name is taken.').waitFor()
    assert.equal(await page.getByLabel('Name', { exact: true }).getAttribute('aria-invalid'), 'true')
    await page.getByLabel('Name', { exact: true }).fill('anna')
    await page.getByLabel('E-mail address').fill('anna@example.com')
    await send.click()
    await page.getByRole('navigation').getByText('anna').waitFor()

    const other = await stage.window({ path: '/log-in' })
    await other.getByLabel('Name or e-mail').fill('anna@example.com')
    await other.getByLabel('Password', { exact: true }).fill('wrong password')
    await other.keyboard.press('Enter')
    await other.getByText('The name or the password is wrong.').waitFor()
    await other.getByLabel('Password', { exact: true }).fill('long enough')
    await other.getByRole('button', { name: 'Show the password' }).click()
    assert.equal(await other.getByLabel('Password', { exact: true }).getAttribute('type'), 'text')
    await other.locator('form').getByRole('button', { name: 'Log in' }).click()
    await other.getByRole('navigation').getByText('anna').waitFor()
    assert.equal(new URL(other.url()).pathname, '/')
  })

  it('tells how long to wait after too many tries', async () => {
    await using stage = await openStage({ server: { limits: { loginsPerMinute: 1 } } })
    stage.allow(/status of 4/)
    await stage.account('ann')
    const page = await stage.window({ path: '/log-in' })
    await page.getByLabel('Name or e-mail').fill('ann')
    await page.getByLabel('Password', { exact: true }).fill('not the password')
    for (const sentence of ['The name or the password is wrong.', /Try again in \d+ seconds?\./]) {
      await page.keyboard.press('Enter')
      await page.getByText(sentence).waitFor()
    }
  })

  it('comes back to the link that was wanted', async () => {
    await using stage = await openStage()
    const ann = await stage.account('ann')
    const { id } = await ann.do('POST', '/v1/rooms', { name: 'den', visibility: 'private' })
    await ann.do('POST', `/v1/rooms/${id}/messages`, { text: 'Here you are' })
    const page = await stage.window({ path: `/r/${id}` })
    // Who has never been here is offered the log-in.
    await page.getByText('Log in or sign up to open this link.').waitFor()
    assert.equal(await chosen(page), 'Log in')
    await page.getByLabel('Name or e-mail').fill('ann')
    await page.getByLabel('Password', { exact: true }).fill(ann.password)
    await page.keyboard.press('Enter')
    await page.getByText('Here you are').first().waitFor()
    assert.equal(new URL(page.url()).pathname, `/r/${id}`)
  })

  for (const { size, viewport, colorScheme } of looks) {
    it(`has nothing for axe to find, and fits every screen (${size}, ${colorScheme})`, async () => {
      await using stage = await openStage()
      const page = await stage.window({ viewport, colorScheme })
      for (const way of ['As a guest', 'Log in', 'Sign up']) {
        await page.getByRole('button', { name: way }).first().click()
        await page.locator(`button[aria-pressed=true]`).getByText(way).waitFor()
        await axe(page)
        await fits(page)
        await shot(page, `entry-${way.replaceAll(' ', '-').toLowerCase()}-${size}-${colorScheme}`)
      }
    })
  }

  it('speaks German where the browser does', async () => {
    await using stage = await openStage()
    const page = await stage.window({ locale: 'de-DE', viewport: phone })
    await page.getByRole('button', { name: 'Als Gast' }).waitFor()
    assert.equal(await page.locator('html').getAttribute('lang'), 'de')
    await axe(page)
    await fits(page)
    await shot(page, 'entry-german-phone')
  })
})
