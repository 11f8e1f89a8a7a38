import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { comesTrue, openStage, type Person, type Stage } from './support.ts'

/** What the page has shown on the desktop. */
interface Told {
  readonly title: string
  readonly body: string
  readonly path: string
}

/** Writes down what is shown on the desktop, and lets the test say whether the page has the focus. */
const watch = `
  window.told = []
  window.isAway = false
  document.hasFocus = () => !window.isAway
  const write = (title, { body, data }) => window.told.push({ title, body, path: data })
  const { prototype } = ServiceWorkerRegistration
  const show = prototype.showNotification
  prototype.showNotification = function (title, options) {
    write(title, options)
    return show.call(this, title, options)
  }
  window.Notification = class extends Notification {
    constructor(title, options) {
      super(title, options)
      write(title, options)
      window.latest = this
    }
  }
`

/** A browser whose clock is wrong, at first by 3 min, and set by the test. */
const wrongClock = `
  window.wrongMs ??= 180_000
  const { Date: Right } = window
  window.Date = class Date extends Right {
    constructor(...given) {
      if (given.length === 0) super(Right.now() + window.wrongMs)
      else super(...given)
    }
    static now() {
      return Right.now() + window.wrongMs
    }
  }
`

/** A service worker whose installation has no end. */
const neverInstalled = "addEventListener('install', (event) => event.waitUntil(new Promise(() => {})))"

/** Ann, who has let her browser notify her, and ben, who is with her in tea and in hall, and talks to her. */
async function annIsTold(stage: Stage, worker?: string) {
  // No page of the app yet: nothing is installed.
  const ann = await stage.person('ann', { permissions: ['notifications'], path: 'about:blank' })
  if (worker !== undefined)
    await ann.context.route('**/sw.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: worker }),
    )
  const ben = await stage.account('ben')
  const { page } = ann
  const roomOf = async (name: string) => {
    const { id } = await ben.do('POST', '/v1/rooms', { name, visibility: 'public' })
    await ben.do('POST', `/v1/rooms/${id}/members`, { user: ann.id })
    return id as number
  }
  const tea = await roomOf('tea')
  const hall = await roomOf('hall')
  const { id: direct } = await ben.do('POST', '/v1/directs', { user: ann.id })
  await page.addInitScript({ content: watch })
  await page.goto('/settings/notifications')
  await page.getByLabel('Notify me of new messages').click()
  const say = async (room: number, text: string) => {
    const { seq } = await ben.do('POST', `/v1/rooms/${room}/messages`, { text })
    return `/r/${room}/${seq}`
  }
  return { ann, ben, page, tea, hall, direct, say }
}

/** Waits until the service worker, which shows notifications, is at work. */
async function hasWorker(page: Page): Promise<void> {
  await comesTrue(() => page.evaluate(() => navigator.serviceWorker.controller !== null))
}

/** Waits until this page is the one that tells: the page before it gives that up as it goes. */
async function isNotifier(page: Page): Promise<void> {
  await comesTrue(() =>
    page.evaluate(async () => {
      const { held = [] } = await navigator.locks.query()
      return held.some(({ name }) => name?.endsWith('.notifier') === true)
    }),
  )
}

/** A person turns to something else, or back to the page. */
async function look(page: Page, isAway: boolean): Promise<void> {
  await page.evaluate(`window.isAway = ${isAway}; dispatchEvent(new Event('${isAway ? 'blur' : 'focus'}'))`)
}

const told = (page: Page) => page.evaluate<readonly Told[]>('window.told')

/** Waits until this was told, and sees that nothing else was since the last time. */
async function tells(page: Page, wanted: Told): Promise<void> {
  await comesTrue(async () => (await told(page)).some(({ path }) => path === wanted.path))
  assert.deepEqual(await told(page), [wanted])
  await page.evaluate('window.told = []')
}

/** Clicks a notification, as a person does: only their click may bring a window to the front. */
async function click({ context }: Person, path: string): Promise<void> {
  const [worker] = context.serviceWorkers()
  await worker!.evaluate(`(async () => {
    WindowClient.prototype.focus = async function () { return this }
    // The page has asked for it; it may not be shown yet.
    let notification
    while (notification === undefined) {
      const shown = await registration.getNotifications()
      notification = shown.find(({ data }) => data === ${JSON.stringify(path)})
    }
    const event = new NotificationEvent('notificationclick', { notification })
    let done
    event.waitUntil = (promise) => { done = promise }
    dispatchEvent(event)
    await done
  })()`)
}

const icon = (page: Page) => page.locator('link[rel=icon]').getAttribute('href')

describe('notifications', () => {
  it('tell of a mention and of a direct message while nobody looks, and a click leads there', async () => {
    await using stage = await openStage({ isWhole: true })
    const { ann, page, tea, direct, say } = await annIsTold(stage)
    await hasWorker(page)
    await page.goto(`/r/${tea}`)
    await page.getByText('This room began').waitFor()
    await say(tea, '@ann is looking')
    await page.getByText('is looking').waitFor()
    await look(page, true)
    const mention = await say(tea, '@ann, **tea** is `ready`')
    await tells(page, { title: 'ben · tea', body: '@ann, tea is ready', path: mention })
    const message = await say(direct, 'A minute?')
    await tells(page, { title: 'ben', body: 'A minute?', path: message })
    await click(ann, message)
    await page.waitForURL(`**${message}`)
    await page.getByRole('log').getByText('A minute?').waitFor()
  })

  it('[CL16] come by a clock that is 3 min fast, and a mute ends in time by one that is a day slow', async () => {
    await using stage = await openStage({ isWhole: true })
    const { ann, ben, page, tea, hall, say } = await annIsTold(stage)
    await hasWorker(page)
    await page.addInitScript({ content: wrongClock })
    await page.goto(`/r/${tea}`)
    const field = page.getByRole('textbox', { name: 'Message to tea' })
    await field.waitFor()
    await isNotifier(page)
    // The room is shown from what was kept before there is a connection.
    await say(tea, 'connected')
    await page.getByText('connected', { exact: true }).waitFor()
    await look(page, true)
    const mention = await say(hall, '@ann, it is time')
    await tells(page, { title: 'ben · hall', body: '@ann, it is time', path: mention })
    // Somebody sets it while the page is there.
    await page.evaluate('window.wrongMs = -86_400_000')
    await ben.do('PUT', `/v1/rooms/${tea}/members/${ann.id}/mute`, { forMs: 3_000 })
    await page.getByText('You are muted in this room until').waitFor()
    await field.waitFor()
  })

  it('lead to the app, where another page of the server was looked at last', async () => {
    await using stage = await openStage({ isWhole: true })
    const { ann, page, direct, say } = await annIsTold(stage)
    await hasWorker(page)
    await look(page, true)
    const docs = await ann.context.newPage()
    await docs.goto('/docs')
    const message = await say(direct, 'Are you there?')
    await tells(page, { title: 'ben', body: 'Are you there?', path: message })
    await docs.bringToFront()
    await click(ann, message)
    await page.waitForURL(`**${message}`)
  })

  it('come from the page itself while its worker is not ready', async () => {
    await using stage = await openStage({ isWhole: true })
    const { page, direct, say } = await annIsTold(stage, neverInstalled)
    await comesTrue(() =>
      page.evaluate(async () => (await navigator.serviceWorker.getRegistration()) !== undefined),
    )
    await look(page, true)
    const message = await say(direct, 'Hello')
    await tells(page, { title: 'ben', body: 'Hello', path: message })
    await page.evaluate("window.latest.dispatchEvent(new Event('click'))")
    await page.waitForURL(`**${message}`)
  })

  it('keep to the level of a room, and to “do not disturb”', async () => {
    await using stage = await openStage({ isWhole: true })
    const { page, tea, hall, say } = await annIsTold(stage)
    const setLevel = async (name: string) => {
      await page.getByRole('link', { name: 'tea' }).click({ button: 'right' })
      await page.getByRole('menuitemradio', { name }).click()
      await page.keyboard.press('Escape')
      await page.getByRole('menu').waitFor({ state: 'detached' })
    }
    const disturb = async (name: string) => {
      await page.getByRole('navigation').getByRole('button', { name: 'ann' }).click()
      await page.getByRole('menuitem', { name }).click()
      await page.getByRole('menu').waitFor({ state: 'detached' })
    }
    /** What comes after it, and is told, shows that the one before was not. */
    const tellsOnlyOf = async (text: string) => {
      const path = await say(hall, text)
      await tells(page, { title: 'ben · hall', body: text, path })
    }
    await say(tea, 'for all')
    await tellsOnlyOf('@ann one')
    await setLevel('All messages')
    const path = await say(tea, 'for all')
    await tells(page, { title: 'ben · tea', body: 'for all', path })
    await setLevel('Nothing')
    await say(tea, '@ann, for you')
    await tellsOnlyOf('@ann two')
    await disturb('Do not disturb for an hour')
    await say(hall, '@ann, quiet')
    await page.getByRole('link', { name: 'hall' }).getByText('3 mentions').waitFor()
    await disturb('End “do not disturb”')
    await tellsOnlyOf('@ann three')
  })

  it('stand as a count in the title and a dot on the icon, until what waits is read', async () => {
    await using stage = await openStage({ isWhole: true })
    const { page, tea, hall, direct, say } = await annIsTold(stage)
    await page.goto(`/r/${tea}`)
    await page.getByText('This room began').waitFor()
    assert.equal(await page.title(), 'tea · Parlance')
    assert.equal(await icon(page), '/icon.svg')
    await say(hall, 'for all')
    await say(hall, '@ann?')
    await say(direct, 'one')
    await say(direct, 'two')
    await comesTrue(async () => (await page.title()) === '(3) tea · Parlance')
    assert.equal(await icon(page), '/icon-unread.svg')
    await page.getByRole('link', { name: 'ben' }).click()
    await comesTrue(async () => (await page.title()) === '(1) ben · Parlance')
    await look(page, true)
    await say(direct, 'three')
    await comesTrue(async () => (await page.title()) === '(2) ben · Parlance')
    await look(page, false)
    await comesTrue(async () => (await page.title()) === '(1) ben · Parlance')
    await page.getByRole('link', { name: 'hall' }).click()
    await comesTrue(async () => (await page.title()) === 'hall · Parlance')
    await comesTrue(async () => (await icon(page)) === '/icon.svg')
  })
})
