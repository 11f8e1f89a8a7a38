import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { comesTrue, openStage, phone } from './support.ts'

const popups = (page: Page) => page.locator('[role=dialog], [role=alertdialog], [role=menu]')
const isAt = (page: Page, path: string) =>
  comesTrue(async () => new URL(page.url()).pathname === path && (await popups(page).count()) === 0)

describe('going back', () => {
  it('closes what is open, the upper first, and then leaves the page', async () => {
    await using stage = await openStage()
    const { page, context, ...ann } = await stage.person('ann', { viewport: phone, hasTouch: true })
    const ben = await stage.account('ben')
    // Safari and Firefox have none.
    await context.addInitScript('delete globalThis.CloseWatcher')
    const tea: number = (await ann.do('POST', '/v1/rooms', { name: 'tea' })).id
    const biscuits: number = (await ann.do('POST', '/v1/rooms', { name: 'biscuits' })).id
    await ann.do('POST', `/v1/rooms/${tea}/members`, { user: ben.id })
    await page.goto('/browse')
    await page.getByRole('heading', { name: 'Browse rooms' }).waitFor()
    await page.goto(`/r/${tea}`)
    await page.getByText('This room began').waitFor()
    // The page may be gone before it has answered.
    const back = () => page.evaluate('history.back()').catch(() => {})

    // A window over another: the upper one goes first.
    await page.getByRole('button', { name: /^Details/ }).click()
    await page.getByRole('dialog').waitFor()
    await page.getByRole('button', { name: 'Actions for ben' }).click()
    await page.getByRole('menuitem', { name: 'Ban from the room' }).click()
    await page.getByRole('alertdialog').waitFor()
    await back()
    await page.getByRole('alertdialog').waitFor({ state: 'detached' })
    assert.equal(await page.getByRole('dialog').count(), 1)
    await back()
    await isAt(page, `/r/${tea}`)

    // What is closed in another way leaves nothing behind, and forward there is nothing either.
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await isAt(page, `/r/${tea}`)
    await page.evaluate('history.forward()')
    await isAt(page, `/r/${tea}`)

    // Where one goes from a window, one comes back to the page beneath it.
    await page.keyboard.press('Control+k')
    await page.keyboard.type('bis')
    await page.getByRole('option', { name: 'biscuits' }).click()
    await isAt(page, `/r/${biscuits}`)
    await back()
    await isAt(page, `/r/${tea}`)
    await page.evaluate('history.forward()')
    await isAt(page, `/r/${biscuits}`)
    await back()
    await isAt(page, `/r/${tea}`)
    await back()
    await isAt(page, '/browse')
  })
})
