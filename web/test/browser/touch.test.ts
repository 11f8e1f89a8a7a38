import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { inputTomorrow } from '../../src/rooms/mute-end.ts'
import {
  axe,
  comesTrue,
  fits,
  openStage,
  type Person,
  phone,
  type Stage,
  shot,
  type WindowOptions,
} from './support.ts'

const touched = { viewport: phone, hasTouch: true, isMobile: true } satisfies WindowOptions
/** Longer than any press that is waited for. */
const longMs = 2_000

/** Ann with a phone, in a room where ben has written. */
async function annOnAPhone(stage: Stage) {
  const ann = await stage.person('ann', touched)
  const ben = await stage.account('ben')
  const { id } = await ann.do('POST', '/v1/rooms', { name: 'tea', visibility: 'public' })
  await ben.do('POST', `/v1/rooms/${id}/join`, {})
  const say = (text: string) => ben.do('POST', `/v1/rooms/${id}/messages`, { text })
  // More than the screen shows.
  for (const cup of ['First', 'Second', 'Third']) await say(`${cup} cup${'\nand a sip'.repeat(12)}`)
  const { seq } = await say('Hot, as [the book](https://tea.example) says')
  // The room opens at its end.
  await ann.do('PUT', `/v1/rooms/${id}/read`, { seq })
  const { page } = ann
  const enter = async () => {
    await page.goto(`/r/${id}`)
    await page.locator('[role=log][aria-busy=false]').waitFor()
    await row(page, 'Hot').waitFor()
  }
  return { ann, ben, room: id, page, enter }
}

/** As `annOnAPhone`, with a clock that is put on by hand: what has not happened by then does not happen. */
async function annWithAClock(stage: Stage) {
  const scene = await annOnAPhone(stage)
  await scene.page.clock.install()
  await scene.enter()
  const finger = await fingerOf(scene)
  // Its code comes when a menu is opened for the first time.
  await finger.press(row(scene.page, 'Hot'))
  await sheet(scene.page).waitFor()
  await finger.lift()
  await close(scene.page)
  return { ...scene, finger }
}

function row(page: Page, text: string): Locator {
  return page.locator('article[data-seq]').filter({ hasText: text })
}

function sheet(page: Page): Locator {
  return page.getByRole('menu')
}

async function close(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await sheet(page).waitFor({ state: 'detached' })
}

/** Goes back, as the button or gesture of a phone does. */
const backOf = (page: Page) => () => page.evaluate<void>('history.back()')

/** A finger that stays where it is put until it is moved or lifted. */
async function fingerOf({ page, ann }: { readonly page: Page; readonly ann: Pick<Person, 'context'> }) {
  const session = await ann.context.newCDPSession(page)
  const send = (
    type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel',
    touchPoints: { x: number; y: number }[],
  ) => session.send('Input.dispatchTouchEvent', { type, touchPoints })
  return {
    async press(on: Locator, dx = 64) {
      // Once it is at rest, and nothing that closes is over it.
      await on.tap({ trial: true, position: { x: dx, y: 12 } })
      const { x, y } = (await on.boundingBox())!
      const place = { x: x + dx, y: y + 12 }
      await send('touchStart', [place])
      return place
    },
    move: (x: number, y: number) => send('touchMove', [{ x, y }]),
    lift: () => send('touchEnd', []),
    /** Lifts it as if it had never been there: no tap follows. */
    leave: () => send('touchCancel', []),
  }
}

/** What Android tells of a finger that rests; whether the page has it for itself. */
function contextMenu(on: Locator): Promise<boolean> {
  return on.evaluate(
    (element) => !element.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true })),
  )
}

/** Sees that a menu lies at the bottom of the whole screen, with rows that a finger meets. */
async function isSheet(page: Page): Promise<void> {
  await sheet(page).waitFor()
  const { x, y, width, height } = (await sheet(page).boundingBox())!
  assert.deepEqual({ x, width, end: Math.round(y + height) }, { x: 0, width: phone.width, end: phone.height })
  const rows = await sheet(page).locator('[role^=menuitem]').all()
  assert.ok(rows.length > 0)
  for (const item of rows)
    assert.ok((await item.boundingBox())!.height >= 44, String(await item.textContent()))
  await fits(page)
  await axe(page)
}

describe('a finger', () => {
  it('that rests on a message opens its menu, and selects nothing', async () => {
    await using stage = await openStage()
    const { ann, page, enter } = await annOnAPhone(stage)
    await enter()
    const finger = await fingerOf({ page, ann })
    await finger.press(row(page, 'Hot'))
    await sheet(page).waitFor()
    await finger.lift()
    await isSheet(page)
    await shot(page, 'touch-message')
    assert.equal(await row(page, 'Hot').evaluate((element) => getComputedStyle(element).userSelect), 'none')
    await page.getByRole('menuitem', { name: 'React with 👍' }).tap()
    await page.getByRole('button', { name: '👍 1 reaction, one of them yours' }).waitFor()
  })

  it('that moves, scrolls or rests on a link opens none', async () => {
    await using stage = await openStage()
    const { page, finger } = await annWithAClock(stage)
    const opensNone = async () => {
      await page.clock.runFor(longMs)
      assert.equal(await sheet(page).count(), 0)
      await finger.leave()
    }
    const { x, y } = await finger.press(row(page, 'Hot'))
    await finger.move(x + 32, y)
    await opensNone()
    await finger.press(page.getByRole('link', { name: 'the book' }), 4)
    await opensNone()
    await finger.press(row(page, 'Hot'))
    await finger.move(x + 3, y)
    await page.clock.runFor(longMs)
    await sheet(page).waitFor()
    await finger.lift()
    await close(page)
    const log = page.getByRole('log')
    const top = await log.evaluate(({ scrollTop }) => scrollTop)
    await finger.press(row(page, 'Hot'))
    for (let dy = 20; dy <= 120; dy += 20) await finger.move(x, y + dy)
    await comesTrue(() => log.evaluate((element, before) => element.scrollTop < before, top))
    await opensNone()
  })

  it('finds the focus where its choice in a menu leads, and back at the message', async () => {
    await using stage = await openStage()
    const { ann, room, page, enter } = await annOnAPhone(stage)
    await ann.do('POST', `/v1/rooms/${room}/messages`, { text: 'Mine' })
    await enter()
    const finger = await fingerOf({ page, ann })
    const choose = async (item: string) => {
      await finger.press(row(page, 'Mine'))
      await sheet(page).waitFor()
      await finger.lift()
      await page.getByRole('menuitem', { name: item, exact: true }).tap()
      await sheet(page).waitFor({ state: 'detached' })
    }
    const focus = page.locator(':focus')
    await choose('Edit')
    await focus.and(page.getByRole('textbox', { name: 'Edit message' })).waitFor()
    await page.keyboard.press('Escape')
    await choose('Delete')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).tap()
    await focus.and(row(page, 'Mine')).waitFor()
    await choose('Reply')
    await focus.and(page.getByRole('textbox', { name: 'Message to tea' })).waitFor()
    // A sheet that takes its time is gone after the window has come, at least when its code is there already.
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    for (const _ of ['first', 'second']) {
      await page.getByRole('button', { name: 'Actions for this room' }).tap()
      await page.getByRole('menuitem', { name: 'Invite' }).tap()
      await page.locator('[role=menu]').waitFor({ state: 'detached' })
      await page.getByRole('dialog').and(page.locator(':focus-within')).waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
  })

  it('opens a menu once, whatever the browser says of a long press', async () => {
    await using stage = await openStage()
    const { page, finger } = await annWithAClock(stage)
    await finger.press(row(page, 'Hot'))
    assert.equal(await contextMenu(row(page, 'Hot')), true)
    await sheet(page).waitFor()
    await close(page)
    await page.clock.runFor(longMs)
    assert.equal(await sheet(page).count(), 0)
    await finger.lift()

    await finger.press(row(page, 'Hot'))
    await page.clock.runFor(longMs)
    await sheet(page).waitFor()
    assert.equal(await contextMenu(sheet(page)), true)
    await finger.lift()
    assert.equal(await sheet(page).count(), 1)
    await close(page)
    assert.equal(await contextMenu(row(page, 'Hot')), false)
  })

  it('that taps a message shows its toolbar, whose buttons can be tapped', async () => {
    await using stage = await openStage()
    const { page, enter } = await annOnAPhone(stage)
    await enter()
    await row(page, 'Third').tap()
    await row(page, 'Third').getByRole('button', { name: 'Reply' }).tap()
    await page.getByText('Replying to ben').waitFor()
    const more = row(page, 'Second').getByRole('button', { name: 'More actions' })
    // The composer takes the focus meanwhile, and with it the toolbar: then one taps again.
    await comesTrue(async () => {
      await row(page, 'Second').tap()
      return more.isVisible()
    })
    // On a slow machine a tap may last as long as a press, which opens the same sheet.
    await comesTrue(async () => {
      await Promise.race([more.tap(), sheet(page).waitFor()])
      return sheet(page).isVisible()
    })
  })
})

describe('menus on a phone', () => {
  it('are sheets that a tap beside them, Escape and going back close', async () => {
    await using stage = await openStage()
    const { page, enter } = await annOnAPhone(stage)
    const goBack = backOf(page)
    await enter()
    const options = page.getByRole('button', { name: 'Actions for this room' })
    await options.tap()
    await isSheet(page)
    await shot(page, 'touch-room')
    await page.touchscreen.tap(phone.width / 2, 120)
    await sheet(page).waitFor({ state: 'detached' })
    assert.equal(await page.getByRole('toolbar').count(), 0)

    await page.getByRole('button', { name: /^Details/ }).tap()
    await page.getByRole('button', { name: 'Actions for ben' }).tap()
    await isSheet(page)
    await shot(page, 'touch-member')
    await close(page)
    await page.getByRole('dialog', { name: 'Details' }).getByRole('button', { name: 'Close' }).tap()

    await page.getByRole('button', { name: 'Back' }).tap()
    await page.getByRole('button', { name: 'ann' }).tap()
    await isSheet(page)
    await goBack()
    await sheet(page).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'tea' }).tap()
    await row(page, 'Hot').waitFor()
  })

  it('and windows close one by one by going back, the upper one first', async () => {
    await using stage = await openStage()
    const { page, room, enter } = await annOnAPhone(stage)
    const goBack = backOf(page)
    await enter()
    const [details, mute] = ['Details', 'Mute ben'].map((name) => page.getByRole('dialog', { name }))
    await page.getByRole('button', { name: /^Details/ }).tap()
    await page.getByRole('button', { name: 'Actions for ben' }).tap()
    await isSheet(page)
    await goBack()
    await sheet(page).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Actions for ben' }).tap()
    await page.getByRole('menuitem', { name: 'Mute until …' }).tap()
    await mute!.waitFor()
    await page.keyboard.press('Escape')
    await mute!.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Actions for ben' }).tap()
    await page.getByRole('menuitem', { name: 'Mute until …' }).tap()
    await mute!.waitFor()
    await goBack()
    await mute!.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Actions for ben' }).tap()
    await page.getByRole('menuitem', { name: 'Ban' }).tap()
    const question = page.getByRole('alertdialog')
    await question.waitFor()
    await goBack()
    await question.waitFor({ state: 'detached' })
    await details!.waitFor()
    await goBack()
    await details!.waitFor({ state: 'detached' })
    assert.match(page.url(), new RegExp(`/r/${room}$`))
  })
})

describe('muting', () => {
  it('lasts as long as one chooses, and is told to who is muted', async () => {
    await using stage = await openStage()
    const { ann, page, room, enter } = await annOnAPhone(stage)
    const cem = await stage.person('cem')
    await cem.do('POST', `/v1/rooms/${room}/join`, {})
    await cem.page.goto(`/r/${room}`)
    await cem.page.getByRole('textbox', { name: 'Message to tea' }).waitFor()
    await enter()
    await page.getByRole('button', { name: /^Details/ }).tap()
    await page.getByRole('button', { name: 'Actions for cem' }).tap()
    await page.getByRole('menuitem', { name: 'Mute until …' }).tap()
    const dialog = page.getByRole('dialog', { name: 'Mute cem' })
    const end = dialog.getByLabel('Until')
    await end.fill('2020-01-01T10:00')
    await dialog.getByRole('button', { name: 'Mute', exact: true }).tap()
    await dialog.getByText('Choose a time to come, within a year.').waitFor()
    await axe(page)
    await shot(page, 'touch-mute')
    assert.equal((await members(ann, room)).get('cem'), null)

    const tomorrow = inputTomorrow(Date.now())
    await end.fill(tomorrow)
    await dialog.getByRole('button', { name: 'Mute', exact: true }).tap()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('img', { name: /^Muted until/ }).waitFor()
    const until = (await members(ann, room)).get('cem')!
    assert.equal(inputTomorrow(Date.parse(until) - 86_400_000), tomorrow)
    const time = tomorrow.slice(-5)
    await cem.page.getByText(new RegExp(`^You are muted in this room until .*${time}`)).waitFor()
  })
})

/** Until when the members of a room are muted, by name. */
async function members({ do: ask }: Pick<Person, 'do'>, room: number): Promise<Map<string, string | null>> {
  const { members: list } = await ask('GET', `/v1/rooms/${room}/members`)
  return new Map(
    list.map(({ user, mutedUntil }: { user: { name: string }; mutedUntil: string | null }) => [
      user.name,
      mutedUntil,
    ]),
  )
}
