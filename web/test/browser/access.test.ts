import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import {
  axe,
  comesTrue,
  desktop,
  fits,
  openStage,
  type Person,
  phone,
  type Stage,
  shot,
  tablet,
  type WindowOptions,
} from './support.ts'

interface Scene {
  readonly stage: Stage
  readonly page: Page
  readonly ann: Person
  readonly owner: Omit<Person, 'page' | 'context'>
  readonly tea: number
  readonly attic: number
  /** Ann may leave it, and be made to. */
  readonly club: number
  /** The path of an invitation. */
  readonly invitation: string
}

/** Ann, who owns tea with ben in it; an archived room and a club of which she is; an invitation for her. */
async function scene(stage: Stage, options: WindowOptions): Promise<Scene> {
  const ann = await stage.person('ann', options)
  const owner = await stage.account('owner')
  const make = async (name: string, visibility: string, maker: Pick<Person, 'do'>, ...others: number[]) => {
    const { id } = await maker.do('POST', '/v1/rooms', { name, visibility, topic: `All about ${name}` })
    for (const user of others) await maker.do('POST', `/v1/rooms/${id}/members`, { user })
    return id as number
  }
  const tea = await make('tea', 'public', ann, owner.id)
  const attic = await make('attic', 'public', owner, ann.id)
  const club = await make('club', 'public', owner, ann.id)
  const den = await make('den', 'private', owner)
  await make('hall', 'open', owner)
  await ann.do('POST', `/v1/rooms/${tea}/messages`, { text: 'The kettle is on.' })
  await owner.do('POST', `/v1/rooms/${tea}/messages`, { text: 'Coming, @ann!' })
  await ann.do('POST', `/v1/rooms/${tea}/messages`, { text: 'Take a cup with you' })
  await owner.do('POST', `/v1/rooms/${attic}/messages`, { text: 'Old things' })
  await owner.do('POST', `/v1/rooms/${attic}/archive`)
  await owner.do('POST', '/v1/directs', { user: ann.id })
  const { invite } = await owner.do('POST', `/v1/rooms/${den}/invites`, {})
  return { stage, page: ann.page, ann, owner, tea, attic, club, invitation: `/invite#${invite.code}` }
}

const popup = (page: Page) => page.locator('[role=menu], [role=dialog], [role=alertdialog]')

/** Sees that something is shown whole, with nothing over it. */
async function isWhole(page: Page, element: Locator): Promise<void> {
  const hidden = await element.evaluate((shown) => {
    const { left, right, top, bottom, width, height } = shown.getBoundingClientRect()
    const inset = 12
    const points = [
      [left + inset, top + inset],
      [right - inset, top + inset],
      [left + inset, bottom - inset],
      [right - inset, bottom - inset],
      [left + width / 2, top + height / 2],
    ] as const
    return points.filter(([x, y]) => !shown.contains(document.elementFromPoint(x, y))).map(String)
  })
  assert.deepEqual(hidden, [], `${page.url()}: hidden at`)
}

/** Closes whatever is open. */
async function closeAll(page: Page): Promise<void> {
  await comesTrue(async () => {
    if ((await popup(page).count()) === 0) return true
    await page.keyboard.press('Escape')
    return false
  })
}

const menuItem = (page: Page, name: string) => page.getByRole('menuitem', { name, exact: true })

async function openMessageMenu(page: Page): Promise<void> {
  await page.locator('article[data-seq]').last().focus()
  await page.getByRole('button', { name: 'More actions' }).click()
  await menuItem(page, 'Copy text').waitFor()
}

async function openAccountMenu(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'ann' }).click()
  await menuItem(page, 'Log out').waitFor()
}

/** What opens over the list of rooms. */
const overList: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  'account-menu': openAccountMenu,
  'row-menu': async (page) => {
    await page.getByRole('link', { name: 'club' }).click({ button: 'right' })
    await menuItem(page, 'Leave room').waitFor()
  },
  'create-room': async (page) => {
    await page.getByRole('navigation').getByRole('button', { name: 'Create a room' }).click()
    await page.getByLabel('Topic').waitFor()
  },
  'new-direct': async (page) => {
    await page.getByRole('navigation').getByRole('button', { name: 'New direct message' }).click()
    await page.getByLabel('Name').fill('own')
    await page.getByRole('option', { name: 'owner' }).waitFor()
  },
  switcher: async (page) => {
    await page.getByRole('navigation').getByRole('button', { name: 'Go to a room or person' }).click()
    await page.getByRole('option', { name: 'tea' }).waitFor()
  },
  keys: async (page) => {
    await openAccountMenu(page)
    await menuItem(page, 'Keyboard shortcuts').click()
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
  },
}

/** What opens over a room. */
const overRoom: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  'message-menu': openMessageMenu,
  'room-menu': async (page) => {
    await page.getByRole('button', { name: 'Actions for this room' }).click()
    await menuItem(page, 'Leave room').waitFor()
  },
  picker: async (page) => {
    await page.locator('article[data-seq]').last().focus()
    await page.getByRole('toolbar').getByRole('button', { name: 'Add reaction' }).click()
    await page.getByRole('gridcell').first().waitFor()
  },
  deletion: async (page) => {
    await openMessageMenu(page)
    await menuItem(page, 'Delete').click()
    await page.getByRole('alertdialog').waitFor()
  },
  'member-menu': async (page) => {
    await page.getByRole('button', { name: /^Details/ }).click()
    await page.getByRole('button', { name: 'Actions for owner' }).click()
    await menuItem(page, 'Ban from the room').waitFor()
  },
}

/** The screens of rooms that one does not write in. */
const screens: Readonly<Record<string, (scene: Scene) => Promise<unknown>>> = {
  browse: async ({ page }) => {
    await page.goto('/browse')
    await page.getByRole('button', { name: 'Join hall' }).waitFor()
  },
  invitation: async ({ page, invitation }) => {
    await page.goto(invitation)
    await page.getByText('owner invites you.').waitFor()
  },
  archived: async ({ page, attic }) => {
    await page.goto(`/r/${attic}`)
    await page.getByText('This room is archived. Nobody writes here any more.').waitFor()
    await page.getByText('Old things').waitFor()
  },
  removed: async ({ page, club, owner, ann }) => {
    await page.goto(`/r/${club}`)
    await page.getByText('This room began').waitFor()
    await owner.do('DELETE', `/v1/rooms/${club}/members/${ann.id}`)
    await page.getByText('You were removed from this room.').waitFor()
  },
  offline: async ({ page, tea }) => {
    await page.routeWebSocket(/./, (socket) => socket.close())
    await page.goto(`/r/${tea}`)
    await page.getByText('The kettle is on.').waitFor()
    await page.getByText('No connection. What you send is kept').waitFor()
  },
}

const looks = [
  { size: 'phone', viewport: phone, colorScheme: 'dark', hasTouch: true, isMobile: true },
  { size: 'desktop', viewport: desktop, colorScheme: 'light' },
] as const

describe('whatever opens', () => {
  for (const { size, ...look } of looks) {
    it(`has nothing for axe to find, fits, and lies over everything (${size})`, async () => {
      await using stage = await openStage()
      const set = await scene(stage, look)
      const { page, tea } = set
      const see = async (name: string) => {
        await fits(page)
        await axe(page)
        await shot(page, `access-${name}-${size}`)
      }
      const seeAll = async (openings: typeof overList) => {
        for (const [name, open] of Object.entries(openings)) {
          await open(page)
          await see(name)
          await isWhole(page, popup(page).last())
          await closeAll(page)
        }
      }
      await seeAll(overList)
      await page.goto(`/r/${tea}`)
      await page.getByText('Take a cup').waitFor()
      await seeAll(overRoom)
      for (const [name, show] of Object.entries(screens)) {
        await show(set)
        await see(name)
      }
    })
  }
})

describe('the main screens', () => {
  it('are open to everyone in German, whose words are long, on a phone', async () => {
    await using stage = await openStage()
    const { page, tea } = await scene(stage, { ...looks[0], locale: 'de-DE' })
    const see = async (name: string, sign: Locator) => {
      await sign.first().waitFor()
      await fits(page)
      await axe(page)
      await shot(page, `german-${name}`)
    }
    const button = (name: string | RegExp) => page.getByRole('button', { name })
    await see('list', page.getByRole('link', { name: 'Räume durchsehen' }))
    await button('Raum anlegen').click()
    await see('create', page.getByRole('dialog'))
    await page.keyboard.press('Escape')
    await button('ann').click()
    await menuItem(page, 'Tastenkürzel').click()
    await see('keys', page.getByRole('dialog', { name: 'Tastatur' }))
    await page.goto(`/r/${tea}`)
    await see('room', page.getByText('Take a cup'))
    await button('Aktionen für diesen Raum').click()
    await see('room-menu', menuItem(page, 'Raum verlassen'))
    await page.keyboard.press('Escape')
    await button(/^Details/).click()
    await button('Aktionen für owner').click()
    await see('details', menuItem(page, 'Aus dem Raum verbannen'))
    for (const section of ['account', 'sessions', 'notifications']) {
      await page.goto(`/settings/${section}`)
      await see(section, page.getByRole('heading', { level: 2 }))
    }
    await page.goto('/browse')
    await see('browse', button('hall beitreten'))
  })

  it('share a tablet', async () => {
    await using stage = await openStage()
    const { page, tea } = await scene(stage, { viewport: tablet, colorScheme: 'light' })
    const see = async (name: string, sign: Locator) => {
      await sign.first().waitFor()
      await fits(page)
      await axe(page)
      await shot(page, `tablet-${name}`)
    }
    await page.goto(`/r/${tea}`)
    await see('room', page.getByText('Take a cup'))
    await page.getByRole('button', { name: /^Details/ }).click()
    await see('details', page.getByRole('button', { name: 'Actions for owner' }))
    await page.goto('/settings/notifications')
    await see('settings', page.getByText('Do not disturb'))
    await page.goto('/browse')
    await see('browse', page.getByRole('button', { name: 'Join hall' }))
  })
})

/** In scripts of both directions, and in both at once: [text, how it has to run]. */
const scripts = [
  ['صباح الخير، سأكتب الملاحظات اليوم', 'rtl'],
  ['בוקר טוב לכולם', 'rtl'],
  ['The word for tea is شاي, and so it was in Persian.', 'ltr'],
  ['אני קורא את https://chat.example.com/notes עכשיו, @ann', 'rtl'],
  ['- שלום\n- עולם\n\n> ציטוט', 'rtl'],
  ['```\nconst greeting = "مرحبا"\n```', 'ltr'],
] as const

describe('a room of several scripts', () => {
  it('runs each message in its own direction, whichever way the page runs', async () => {
    await using stage = await openStage()
    const ann = await stage.person('ann', { viewport: phone, colorScheme: 'light' })
    const nour = await stage.account('نور')
    const { page } = ann
    const { id } = await nour.do('POST', '/v1/rooms', { name: 'غرفة الشاي', visibility: 'public' })
    await ann.do('POST', `/v1/rooms/${id}/join`)
    for (const [text] of scripts) await nour.do('POST', `/v1/rooms/${id}/messages`, { text })
    await ann.do('POST', `/v1/rooms/${id}/messages`, { text: 'In English.' })
    await page.goto(`/r/${id}`)
    await page.getByText('In English.').waitFor()
    const log = page.getByRole('log')
    const directionOf = (part: Locator) => part.evaluate((element) => getComputedStyle(element).direction)
    for (const direction of ['ltr', 'rtl']) {
      await page.setViewportSize(phone)
      await page.evaluate((dir) => {
        document.documentElement.dir = dir
      }, direction)
      for (const [text, wanted] of scripts) {
        const [word = ''] = text.match(/\p{L}{3,}/u) ?? []
        assert.equal(await directionOf(log.getByText(word).first()), wanted, text)
      }
      assert.equal(await directionOf(log.locator('ul')), 'rtl')
      assert.equal(await directionOf(log.locator('blockquote')), 'rtl')
      await fits(page)
      await shot(page, `scripts-${direction}-phone`)
      await page.setViewportSize(desktop)
      await openMessageMenu(page)
      await isWhole(page, popup(page))
      await fits(page)
      await axe(page)
      await shot(page, `scripts-${direction}-desktop`)
      await closeAll(page)
    }
  })
})
