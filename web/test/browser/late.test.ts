import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { comesTrue, openStage, type Person, type Stage } from './support.ts'

interface Scene {
  readonly stage: Stage
  readonly ann: Person
  readonly page: Page
  readonly tea: number
  readonly biscuits: number
}

/** Ann in tea, with a message of hers; ben is there to be found. */
async function scene(stage: Stage): Promise<Scene> {
  const ann = await stage.person('ann')
  await stage.account('ben')
  const make = async (name: string) => (await ann.do('POST', '/v1/rooms', { name })).id as number
  const [tea, biscuits] = [await make('tea'), await make('biscuits')]
  await ann.do('POST', `/v1/rooms/${tea}/messages`, { text: 'The kettle is on' })
  return { stage, ann, page: ann.page, tea, biscuits }
}

const composer = (page: Page) => page.getByRole('textbox', { name: /^Message/ })

/** Opens the room anew, with the code of what opens over it kept back. Gives what lets it through, once it is asked for. */
async function hold({ page, tea }: Scene, chunks: RegExp): Promise<() => Promise<void>> {
  const asked = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const isHeld = (url: URL) => chunks.test(url.pathname)
  await page.route(isHeld, async (route) => {
    asked.resolve()
    await gate.promise
    await route.continue()
  })
  await page.goto(`/r/${tea}`)
  await page.getByRole('log').getByText('The kettle is on').waitFor()
  await composer(page).focus()
  return async () => {
    await asked.promise
    gate.resolve()
    await page.unrouteAll({ behavior: 'wait' })
  }
}

async function nothingPosted({ page, ann, tea }: Scene): Promise<void> {
  const { messages } = await ann.do('GET', `/v1/rooms/${tea}/messages`)
  assert.deepEqual(
    messages.map(({ text }: { text: string }) => text),
    ['The kettle is on'],
  )
  const field = composer(page)
  if (await field.isVisible()) assert.equal(await field.inputValue(), '')
}

/** What opens late: its code, what is pressed at once, and what comes of it. */
const windows: Readonly<
  Record<
    string,
    { readonly chunks: RegExp; press(scene: Scene): Promise<void>; comes(scene: Scene): Promise<unknown> }
  >
> = {
  'the switcher': {
    chunks: /\/room-window-view-/,
    async press({ page }) {
      await page.keyboard.press('Control+k')
      await page.keyboard.type('bizc')
      await page.keyboard.press('Backspace')
      await page.keyboard.press('Backspace')
      await page.keyboard.type('sc')
      await page.keyboard.press('Enter')
    },
    comes: ({ page, biscuits }) => page.waitForURL(`**/r/${biscuits}`),
  },
  'the emoji picker of a message': {
    chunks: /\/(message-overlay-view|emoji-popover|data)-/,
    async press({ page }) {
      await page.locator('article[data-seq]').last().focus()
      await page.keyboard.type('+rocket')
      await page.keyboard.press('Enter')
    },
    comes: ({ page }) => page.locator('article').getByRole('button', { name: /🚀/ }).waitFor(),
  },
  'the emoji picker that is there before its emoji': {
    chunks: /\/data-/,
    async press({ page }) {
      await page.getByRole('button', { name: 'Insert emoji' }).click()
      await page.keyboard.type('roc')
      await page.getByRole('dialog').getByRole('searchbox').waitFor()
      await page.keyboard.type('ket')
      await page.keyboard.press('Enter')
    },
    async comes({ page }) {
      await comesTrue(async () => (await composer(page).inputValue()) === '🚀')
      // What comes next is meant for the text.
      await page.keyboard.press('Backspace')
      await comesTrue(async () => (await composer(page).inputValue()) === '')
    },
  },
  'the list of people': {
    chunks: /\/(room-window-view|windows)-/,
    async press({ page }) {
      await page.getByRole('navigation').getByRole('button', { name: 'New direct message' }).focus()
      await page.keyboard.press('Enter')
      await page.keyboard.type('ben')
      await page.keyboard.press('Enter')
    },
    comes: ({ page }) => page.getByRole('heading', { name: 'ben', level: 1 }).waitFor(),
  },
  'the fields of a new room': {
    chunks: /\/(room-window-view|forms)-/,
    async press({ page }) {
      await page.getByRole('navigation').getByRole('button', { name: 'Create a room' }).focus()
      await page.keyboard.press('Enter')
      await page.keyboard.type('garden')
      await page.keyboard.press('Tab')
      await page.keyboard.type('All about roses')
      await page.keyboard.press('Enter')
    },
    async comes({ page }) {
      await page.getByRole('heading', { name: 'garden', level: 1 }).waitFor()
      await page.getByRole('banner').or(page.locator('header')).getByText('All about roses').first().waitFor()
    },
  },
  'the menu of a message': {
    chunks: /\/(message-overlay-view|windows)-/,
    async press({ page }) {
      await page.locator('article[data-seq]').last().focus()
      await page.keyboard.press('Enter')
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Enter')
    },
    comes: ({ page }) => page.getByRole('alertdialog').waitFor(),
  },
  'the menu of a room': {
    chunks: /\/(room-menu|windows)-/,
    async press({ page }) {
      await page.getByRole('button', { name: 'Actions for this room' }).focus()
      await page.keyboard.press('Enter')
      await page.keyboard.type('e')
      await page.keyboard.press('Enter')
    },
    comes: ({ page }) => page.getByRole('dialog', { name: 'Edit room' }).waitFor(),
  },
  'the question before a deletion': {
    chunks: /\/(message-overlay-view|windows)-/,
    async press({ page }) {
      await page.locator('article[data-seq]').last().focus()
      await page.keyboard.press('Delete')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Shift+Tab')
      // The button that has the focus first does no harm.
      await page.keyboard.press('Enter')
    },
    comes: ({ page }) => page.getByRole('alertdialog').waitFor({ state: 'detached' }),
  },
  'the field in which a message is changed': {
    chunks: /\/(message-editor|forms)-/,
    async press({ page }) {
      await page.keyboard.press('ArrowUp')
      await page.keyboard.type(' now')
    },
    async comes({ page }) {
      const field = page.getByRole('textbox', { name: 'Edit message' })
      await comesTrue(async () => (await field.inputValue()) === 'The kettle is on now')
      await page.keyboard.press('Escape')
    },
  },
  'the screen of rooms to find': {
    chunks: /\/browse-rooms-/,
    async press({ page }) {
      await page.getByRole('link', { name: 'Browse rooms' }).focus()
      await page.keyboard.press('Enter')
      await page.keyboard.type('bis')
    },
    async comes({ page }) {
      const field = page.getByRole('searchbox', { name: 'Find by name' })
      await comesTrue(async () => (await field.inputValue()) === 'bis')
    },
  },
}

describe('what opens late holds the keys from the first press', () => {
  it('and takes them in their order once it is there; nothing of them is posted', async () => {
    await using stage = await openStage()
    const set = await scene(stage)
    for (const [name, { chunks, press, comes }] of Object.entries(windows)) {
      const release = await hold(set, chunks)
      await press(set)
      await release()
      await comes(set).catch((error: unknown) => assert.fail(`${name}: ${error}`))
      await nothingPosted(set)
    }
  })

  it('an input method writes on in it; Escape gives it up; a click lets go', async () => {
    await using stage = await openStage()
    const set = await scene(stage)
    const { page } = set
    const release = await hold(set, /\/room-window-view-/)
    const keyboard = await page.context().newCDPSession(page)
    await page.keyboard.press('Control+k')
    await keyboard.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      key: 'Process',
      windowsVirtualKeyCode: 229,
    })
    await keyboard.send('Input.imeSetComposition', { text: 'びす', selectionStart: 2, selectionEnd: 2 })
    await keyboard.send('Input.insertText', { text: 'ビス' })
    await release()
    const field = page.getByRole('dialog').getByRole('combobox')
    await comesTrue(async () => (await field.inputValue()) === 'ビス')
    await page.keyboard.press('Escape')
    await field.waitFor({ state: 'detached' })
    await nothingPosted(set)
    // The focus is where it was before.
    await page.keyboard.type('x')
    await comesTrue(async () => (await composer(page).inputValue()) === 'x')
    await composer(page).fill('')

    const again = await hold(set, /\/shortcut-sheet-/)
    await page.locator('article[data-seq]').last().focus()
    await page.keyboard.type('?no')
    await page.keyboard.press('Escape')
    await again()
    await page.keyboard.press('Escape')
    await nothingPosted(set)
    assert.equal(await page.getByRole('dialog').count(), 0)

    const last = await hold(set, /\/room-window-view-/)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('nothing')
    await composer(page).click()
    await page.keyboard.type('meant for the room')
    assert.equal(await composer(page).inputValue(), 'meant for the room')
    await last()
  })

  it('and all of it is there before it is asked for, once somebody has touched the page', async () => {
    await using stage = await openStage()
    const { page, tea } = await scene(stage)
    const loaded = new Set<string>()
    page.on('response', (response) => {
      const name = /\/assets\/(.*)-.{8}\.js$/.exec(new URL(response.url()).pathname)?.[1]
      if (name !== undefined) loaded.add(name)
    })
    await page.goto(`/r/${tea}`)
    await page.getByRole('log').getByText('The kettle is on').waitFor()
    await page.mouse.move(300, 300)
    const wanted = [
      'room-window-view',
      'emoji-popover',
      'message-overlay-view',
      'message-editor',
      'marked-text',
      'windows',
      'settings',
      'shortcut-sheet',
      'join-room',
    ]
    await comesTrue(async () => wanted.every((name) => loaded.has(name)))
  })
})
