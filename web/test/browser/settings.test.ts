import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { axe, fits, looks, openStage, phone, shot } from './support.ts'

const sections = ['account', 'sessions', 'appearance', 'notifications', 'about']

describe('the settings', () => {
  it('list the sessions; ending one throws that browser out', async () => {
    await using stage = await openStage()
    const { page: desk, password } = await stage.person('ann', { path: '/settings/sessions' })
    const couch = await stage.window({ path: '/log-in' })
    await couch.getByLabel('Name or e-mail').fill('ann')
    await couch.getByLabel('Password', { exact: true }).fill(password)
    await couch.keyboard.press('Enter')
    await couch.getByRole('navigation').getByText('ann').waitFor()
    await desk.reload()
    await desk.getByText('this one').waitFor()
    await desk.getByRole('button', { name: 'End the session Chrome, Linux' }).click()
    await couch.getByText('You are logged out.').waitFor()
    await desk.getByRole('button', { name: 'End the session Chrome, Linux' }).waitFor({ state: 'detached' })
    await desk.getByText('this one').waitFor()
  })

  it('log out everywhere ends this session too', async () => {
    await using stage = await openStage()
    const { page } = await stage.person('ann', { path: '/settings/sessions' })
    await page.getByRole('button', { name: 'Log out everywhere' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Log out everywhere' }).click()
    await page.getByText('You are logged out.').waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'As a guest' }).waitFor()
  })

  it('change the password: a wrong old one is told, the new one is the one', async () => {
    await using stage = await openStage()
    stage.allow(/status of 4/)
    const { page, password, name } = await stage.person('ann', { path: '/settings/account' })
    const old = page.getByLabel('Current password')
    const change = page.getByRole('button', { name: 'Change password' })
    await old.fill('not the password')
    await page.getByLabel('New password').fill('short')
    await change.click()
    await page.getByRole('alert').getByText('At least 8 characters.').waitFor()
    await page.getByLabel('New password').fill('a better password')
    await change.click()
    await page.getByText('This password is wrong.').waitFor()
    await old.fill(password)
    await change.click()
    await page.getByText('Password changed.').waitFor()
    const other = await stage.window({ path: '/log-in' })
    await other.getByLabel('Name or e-mail').fill(name)
    await other.getByLabel('Password', { exact: true }).fill('a better password')
    await other.keyboard.press('Enter')
    await other.getByRole('navigation').getByText(name).waitFor()
  })

  it('delete the account, with the password', async () => {
    await using stage = await openStage()
    stage.allow(/status of 4/)
    const { page, password } = await stage.person('ann', { path: '/settings/account' })
    await page.getByRole('button', { name: 'Delete account' }).click()
    const asked = page.getByRole('alertdialog')
    await asked.getByLabel('Password', { exact: true }).fill('not the password')
    await asked.getByRole('button', { name: 'Delete for good' }).click()
    await asked.getByText('This password is wrong.').waitFor()
    await asked.getByLabel('Password', { exact: true }).fill(password)
    await asked.getByRole('button', { name: 'Delete for good' }).click()
    await page.getByRole('button', { name: 'As a guest' }).waitFor()
    await stage.account('ann')
  })

  it('keep the theme and the language over a reload', async () => {
    await using stage = await openStage()
    const { page } = await stage.person('ann', { path: '/settings/appearance', colorScheme: 'light' })
    await page.getByText('Dark', { exact: true }).click()
    await page.getByText('Deutsch').click()
    await page.getByRole('heading', { name: 'Einstellungen' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Einstellungen' }).waitFor()
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
    assert.equal(await page.locator('html').getAttribute('lang'), 'de')
  })

  it('open the sheet of keys by ?, and Escape closes it', async () => {
    await using stage = await openStage()
    const { page } = await stage.person('ann')
    await page.getByRole('navigation').first().waitFor()
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keyboard' })
    await sheet.waitFor()
    await axe(page)
    await shot(page, 'keys')
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
  })

  it('tell a guest what is lost by logging out, and lead to an account', async () => {
    await using stage = await openStage()
    const { page } = await stage.person('gwen', { as: 'guest', path: '/settings/account' })
    await page.getByText('A guest cannot become an account').waitFor()
    assert.equal(await page.getByLabel('Current password').count(), 0)
    await axe(page)
    await page.getByRole('button', { name: 'Log out and sign up' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Log out and sign up' }).click()
    await page.waitForURL('/sign-up')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('gwen')
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery')
    await page.getByRole('button', { name: 'Sign up', exact: true }).last().click()
    await page.getByText('Hello, gwen').waitFor()
  })

  it('are a list and then a section on a phone, with a way back', async () => {
    await using stage = await openStage()
    const { page } = await stage.person('ann', { path: '/settings', viewport: phone })
    await page.getByRole('link', { name: 'Appearance' }).click()
    await page.getByRole('heading', { name: 'Appearance' }).waitFor()
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('link', { name: 'Appearance' }).waitFor()
    await fits(page)
    await axe(page)
    await shot(page, 'settings-phone')
  })

  for (const { size, viewport, colorScheme } of looks) {
    it(`have nothing for axe to find, and fit every screen (${size}, ${colorScheme})`, async () => {
      await using stage = await openStage()
      const { page } = await stage.person('ann', { colorScheme, viewport })
      for (const section of sections) {
        await page.goto(`/settings/${section}`)
        const main = page.getByRole('main')
        await main.getByRole('heading', { level: 1 }).waitFor()
        await main.getByRole('heading', { level: 2 }).first().waitFor()
        if (section === 'sessions') await page.getByText('this one').waitFor()
        await axe(page)
        await fits(page)
        await shot(page, `settings-${section}-${size}-${colorScheme}`)
      }
    })
  }
})
