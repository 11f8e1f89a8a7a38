import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { axe, comesTrue, fits, looks, openStage, type Person, phone, type Stage, shot } from './support.ts'

/** A room made over REST, with others in it. */
async function roomOf(
  owner: Pick<Person, 'do'>,
  name: string,
  visibility: 'open' | 'public' | 'private',
  ...members: readonly Pick<Person, 'id'>[]
): Promise<number> {
  const { id } = await owner.do('POST', '/v1/rooms', { name, visibility })
  for (const { id: user } of members) await owner.do('POST', `/v1/rooms/${id}/members`, { user })
  return id
}

const row = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name })
/** What one writes to a room in, once it has the focus. */
const writing = (page: Page, room: string) =>
  page.getByRole('textbox', { name: `Message to ${room}` }).and(page.locator(':focus'))
const head = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })

/** Chooses from the menu behind a button. */
async function choose(page: Page, button: string, item: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

async function showDetails(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Details/ }).click()
  await page.getByRole('heading', { name: 'Details' }).waitFor()
}

/** Ann in a room of hers, and ben in it too. */
async function annAndBen(stage: Stage, visibility: 'public' | 'private') {
  const ben = await stage.person('ben')
  const owner = await stage.account('owner')
  const id = await roomOf(owner, 'tea', visibility, ben)
  const ann = await stage.person('ann')
  await owner.do('POST', `/v1/rooms/${id}/members`, { user: ann.id })
  await owner.do('PUT', `/v1/rooms/${id}/members/${ann.id}/role`, { role: 'owner' })
  for (const { page } of [ann, ben]) {
    await row(page, 'tea').click()
    await head(page, 'tea').waitFor()
  }
  return { ann, ben, owner, id }
}

describe('rooms', () => {
  it('are made of each visibility, and a taken name is said at the field', async () => {
    await using stage = await openStage()
    const { page } = await stage.person('ann')
    for (const [name, visibility] of [
      ['tea', 'Public'],
      ['den', 'Private'],
      ['hall', 'Open'],
    ] as const) {
      await page.getByRole('navigation').getByRole('button', { name: 'Create a room' }).click()
      await page.getByLabel('Name').and(page.locator(':focus')).waitFor()
      await page.keyboard.type(name)
      await page.getByRole('dialog').getByText(visibility, { exact: true }).click()
      await page.getByRole('button', { name: 'Create', exact: true }).click()
      await head(page, name).waitFor()
      await writing(page, name).waitFor()
      await row(page, name).and(page.locator('[aria-current=page]')).waitFor()
    }
    await page.getByRole('navigation').getByRole('button', { name: 'Create a room' }).click()
    await page.getByLabel('Name').fill('tea')
    await page.keyboard.press('Enter')
    await page.getByText('This name is taken.').waitFor()
    assert.equal(await page.getByLabel('Name').getAttribute('aria-invalid'), 'true')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('are found by their names, and joined', async () => {
    await using stage = await openStage()
    const owner = await stage.account('owner')
    await roomOf(owner, 'tea', 'public')
    await roomOf(owner, 'hall', 'open')
    await roomOf(owner, 'den', 'private')
    const { page } = await stage.person('ann')
    await page.getByRole('navigation').getByRole('link', { name: 'Browse rooms' }).click()
    await page.getByRole('button', { name: 'Join hall' }).waitFor()
    assert.equal(await page.getByText('den', { exact: true }).count(), 0)
    await page.getByLabel('Find by name').fill('TE')
    await page.getByRole('button', { name: 'Join hall' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Join tea' }).click()
    await head(page, 'tea').waitFor()
    await page.goBack()
    await page.getByRole('button', { name: 'Open tea' }).waitFor()
    await page.getByLabel('Find by name').fill('nothing like it')
    await page.getByText('No room has this in its name.').waitFor()
  })

  it('are entered by a link, until it is ended', async () => {
    await using stage = await openStage()
    stage.allow(/status of 404/)
    const owner = await stage.person('owner')
    const den = await roomOf(owner, 'den', 'private')
    await owner.page.goto(`/r/${den}`)
    await choose(owner.page, 'Actions for this room', 'Invite')
    await owner.page.getByRole('button', { name: 'Make a link' }).click()
    // As on a server without encryption, where pages have no clipboard.
    await owner.page.evaluate("Object.defineProperty(window, 'isSecureContext', { value: false })")
    await owner.page.getByRole('button', { name: 'Copy' }).click()
    await owner.page.getByText('Copied').waitFor()
    await owner.page.getByLabel('Add somebody by name').focus()
    await owner.page.keyboard.press('Control+v')
    assert.match(await owner.page.getByLabel('Add somebody by name').inputValue(), /\/invite#/)
    const link = new URL(await owner.page.getByLabel('Invitation link by owner').inputValue())
    const ann = await stage.person('ann', { path: link.pathname + link.hash })
    await ann.page.getByText('owner invites you.').waitFor()
    await ann.page.getByRole('button', { name: 'Join' }).click()
    await head(ann.page, 'den').waitFor()
    await owner.page.getByRole('button', { name: 'End this link' }).click()
    await owner.page.getByLabel('Invitation link by owner').waitFor({ state: 'detached' })
    const late = await stage.person('late', { path: link.pathname + link.hash })
    await late.page.getByText('This invitation has ended').waitFor()
  })

  it('take in somebody by name', async () => {
    await using stage = await openStage()
    const owner = await stage.person('owner')
    const ben = await stage.person('benjamin')
    const den = await roomOf(owner, 'den', 'private')
    await owner.page.goto(`/r/${den}`)
    await choose(owner.page, 'Actions for this room', 'Invite')
    await owner.page.getByLabel('Add somebody by name').fill('ben')
    await owner.page.getByRole('option', { name: 'benjamin' }).waitFor()
    await owner.page.keyboard.press('Enter')
    await owner.page.getByText('benjamin is in the room now.').waitFor()
    await row(ben.page, 'den').waitFor()
  })

  it('are moderated: roles, muting, removing, banning and the way back', async () => {
    await using stage = await openStage()
    stage.allow(/status of 4/)
    const { ann, ben } = await annAndBen(stage, 'public')
    await showDetails(ann.page)
    await choose(ann.page, 'Actions for ben', 'Make moderator')
    await ann.page.getByRole('listitem').filter({ hasText: 'ben' }).getByText('Moderator').waitFor()
    await choose(ann.page, 'Actions for ben', 'Make member')
    await choose(ann.page, 'Actions for ben', 'Mute for 1 hour')
    await ann.page.getByRole('img', { name: /^Muted until/ }).waitFor()
    await choose(ann.page, 'Actions for ben', 'Let them write again')
    await ann.page.getByRole('img', { name: /^Muted until/ }).waitFor({ state: 'detached' })

    await choose(ann.page, 'Actions for ben', 'Remove from the room')
    await ann.page.getByRole('button', { name: 'Remove from the room' }).click()
    await ben.page.getByText('You were removed from this room.').waitFor()
    await ben.page.getByRole('button', { name: 'Join again' }).click()
    await row(ben.page, 'tea').waitFor()

    await choose(ann.page, 'Actions for ben', 'Ban from the room')
    await ann.page.getByRole('button', { name: 'Ban from the room' }).click()
    await ben.page.getByText('You are banned from this room.').waitFor()
    assert.equal(await ben.page.getByRole('button', { name: /Join/ }).count(), 0)
    await ann.page.getByRole('button', { name: 'Lift the ban of ben' }).click()
    await ann.page.getByRole('heading', { name: 'Banned' }).waitFor({ state: 'detached' })
    await ben.page.reload()
    await ben.page.getByRole('button', { name: 'Join' }).click()
    await row(ben.page, 'tea').waitFor()
  })

  it('are changed and archived by their owners', async () => {
    await using stage = await openStage()
    const { ann, ben } = await annAndBen(stage, 'public')
    await choose(ann.page, 'Actions for this room', 'Edit room')
    await ann.page.getByLabel('Name').fill('coffee')
    await ann.page.getByLabel('Topic').fill('Beans and mills')
    await ann.page.getByRole('button', { name: 'Save' }).click()
    await head(ben.page, 'coffee').waitFor()
    await ben.page.getByRole('button', { name: 'Beans and mills' }).waitFor()
    await choose(ann.page, 'Actions for this room', 'Archive')
    await ann.page.getByRole('alertdialog').getByRole('button', { name: 'Archive' }).click()
    // It is shown among the archived ones, which are folded where none of them is open.
    await row(ben.page, 'coffee').waitFor()
    await ben.page.goto('/browse')
    await ben.page.getByText('1 archived room').click()
    await row(ben.page, 'coffee').waitFor()
  })

  it('are left: at once, after a question, or by naming the next owner', async () => {
    await using stage = await openStage()
    stage.allow(/status of 4/)
    const { ann, ben, owner, id } = await annAndBen(stage, 'public')
    await choose(ben.page, 'Actions for this room', 'Leave room')
    await row(ben.page, 'tea').waitFor({ state: 'detached' })
    await ann.do('PUT', `/v1/rooms/${id}/members/${owner.id}/role`, { role: 'member' })
    await choose(ann.page, 'Actions for this room', 'Leave room')
    const leaving = ann.page.getByRole('dialog', { name: 'Leave tea?' })
    await leaving.getByText('You are the only owner. Choose who owns this room after you.').waitFor()
    const handOver = leaving.getByRole('button', { name: 'Hand over and leave' })
    assert.equal(await handOver.isEnabled(), false)
    await axe(ann.page)
    await leaving.getByLabel('owner').check()
    await handOver.click()
    await row(ann.page, 'tea').waitFor({ state: 'detached' })
    const { members } = await owner.do('GET', `/v1/rooms/${id}/members`)
    assert.deepEqual(
      members.map(({ user, role }: { user: { name: string }; role: string }) => [user.name, role]),
      [['owner', 'owner']],
    )
    const den = await roomOf(owner, 'den', 'private', ann)
    await row(ann.page, 'den').click({ button: 'right' })
    await ann.page.getByRole('menuitem', { name: 'Leave room' }).click()
    await ann.page.getByText('you can come back only if somebody invites you').waitFor()
    await ann.page.getByRole('button', { name: 'Leave room' }).click()
    await row(ann.page, 'den').waitFor({ state: 'detached' })
    await ben.page.goto(`/r/${den}`)
    await ben.page.getByText('There is no room here').waitFor()
  })

  it('show what waits: badges by what it is, until it is marked as read', async () => {
    await using stage = await openStage()
    const { page, id, ...ann } = await stage.person('ann')
    const owner = await stage.account('owner')
    const tea = await roomOf(owner, 'tea', 'public', { id })
    await owner.do('POST', `/v1/rooms/${tea}/messages`, { text: 'Who is there?' })
    await row(page, 'tea').getByText('1 unread message').waitFor()
    await owner.do('POST', `/v1/rooms/${tea}/messages`, { text: '@ann?' })
    await row(page, 'tea').getByText('1 mention', { exact: true }).waitFor()
    await row(page, 'tea').click({ button: 'right' })
    await page.getByRole('menuitemradio', { name: 'Nothing' }).click()
    await page.keyboard.press('Escape')
    await row(page, 'tea').and(page.locator('[data-quiet]')).waitFor()
    await row(page, 'tea').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Mark as read' }).click()
    await row(page, 'tea').getByText('1 mention').waitFor({ state: 'detached' })
    const { rooms } = await ann.do('GET', '/v1/rooms?scope=own')
    assert.equal(rooms[0].mentions, 0)
  })
})

describe('direct conversations', () => {
  it('begin with a name, and tell who is online', async () => {
    await using stage = await openStage()
    const ann = await stage.person('ann')
    const ben = await stage.person('ben')
    await ann.page.getByRole('navigation').getByRole('button', { name: 'New direct message' }).click()
    await ann.page.getByLabel('Name').fill('be')
    await ann.page.getByRole('option', { name: 'ben' }).click()
    await head(ann.page, 'ben').waitFor()
    await ann.page.getByRole('main').getByText('Online', { exact: true }).waitFor()
    await row(ben.page, 'ann').click()
    await head(ben.page, 'ann').waitFor()
    await ben.context.close()
    await ann.page.getByRole('main').getByText('Offline', { exact: true }).waitFor()
  })

  it('stand by the newest, and can be closed until somebody writes again or one comes back', async () => {
    await using stage = await openStage()
    const { page, id } = await stage.person('ann')
    const [ben, cid] = [await stage.account('ben'), await stage.account('cid')]
    const begin = async (who: typeof ben) => {
      const room: number = (await who.do('POST', '/v1/directs', { user: id })).id
      await who.do('POST', `/v1/rooms/${room}/messages`, { text: `It is ${who.name}` })
      return room
    }
    const [bens, cids] = [await begin(ben), await begin(cid)]
    const inList = page.getByRole('navigation').locator('a[data-room]')
    const list = async () => (await inList.allTextContents()).map((text) => /ben|cid/.exec(text)?.[0])
    const becomes = (...names: string[]) => comesTrue(async () => String(await list()) === String(names))
    await becomes('cid', 'ben')
    await ben.do('POST', `/v1/rooms/${bens}/messages`, { text: 'Hello?' })
    await becomes('ben', 'cid')
    const close = async (name: string) => {
      await row(page, name).click({ button: 'right' })
      await page.getByRole('menuitem', { name: 'Close conversation' }).click()
    }
    await close('ben')
    await becomes('cid')
    await page.reload()
    await row(page, 'cid').waitFor()
    await becomes('cid')
    await ben.do('POST', `/v1/rooms/${bens}/messages`, { text: 'Are you there?' })
    await becomes('ben', 'cid')
    await row(page, 'cid').click()
    await head(page, 'cid').waitFor()
    await close('cid')
    await becomes('ben')
    await page.waitForURL((url) => url.pathname === '/')
    await page.goto(`/r/${cids}`)
    await becomes('ben', 'cid')
  })
})

describe('a long list of rooms', () => {
  it('leads to what waits in it out of sight', async () => {
    await using stage = await openStage()
    const ann = await stage.person('ann')
    const ben = await stage.account('ben')
    const numbers = Array.from({ length: 40 }, (_, index) => index + 1)
    const ids: number[] = []
    for (const number of numbers) ids.push(await roomOf(ben, `room ${number}`, 'public', ann))
    await row(ann.page, 'room 40').waitFor()
    const more = ann.page.getByRole('navigation').getByRole('button', { name: 'More unread' })
    assert.equal(await more.count(), 0)
    // A direct conversation is the last of all.
    const { id: direct } = await ben.do('POST', '/v1/directs', { user: ann.id })
    await ben.do('POST', `/v1/rooms/${direct}/messages`, { text: 'Are you there?' })
    await more.click()
    await row(ann.page, 'ben').and(ann.page.locator(':focus')).waitFor()
    await more.waitFor({ state: 'detached' })
    await ben.do('POST', `/v1/rooms/${ids[0]}/messages`, { text: 'And here?' })
    await shot(ann.page, 'rooms-more-unread')
    await more.click()
    await row(ann.page, 'room 1').and(ann.page.locator(':focus')).waitFor()
    await more.waitFor()
  })
})

describe('the keyboard', () => {
  it('goes to rooms, to people and to things to do by the switcher alone', async () => {
    await using stage = await openStage()
    const { page, id } = await stage.person('ann')
    const owner = await stage.account('owner')
    await roomOf(owner, 'Release room', 'public', { id })
    await roomOf(owner, 'tea', 'public', { id })
    await roomOf(owner, 'Reading', 'public')
    await row(page, 'tea').waitFor()
    const search = page.getByRole('combobox', { name: 'Go to a room or person' })
    const type = async (text: string, first: string) => {
      await page.keyboard.press('Control+k')
      await search.waitFor()
      await page.keyboard.type(text)
      await page.getByRole('option', { name: first }).and(page.locator('[data-highlighted]')).waitFor()
    }
    await type('rr', 'Release room')
    assert.deepEqual(await page.locator('mark').allTextContents(), ['R', 'r'])
    await page.keyboard.press('Enter')
    await head(page, 'Release room').waitFor()
    await writing(page, 'Release room').waitFor()
    await type('re', 'Release room')
    await page.getByRole('option', { name: 'Reading' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Join' }).and(page.locator(':focus')).waitFor()
    await head(page, 'Reading').waitFor()
    await page.keyboard.press('Control+k')
    await search.waitFor()
    await page.keyboard.type('own')
    await page.getByRole('option', { name: 'owner' }).waitFor()
    await page.keyboard.press('Enter')
    await head(page, 'owner').waitFor()
    await type('create', 'Create a room')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Create a room' }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await search.waitFor()
    await page.keyboard.press('Escape')
    await search.waitFor({ state: 'detached' })
  })

  it('moves in the list, and from room to room', async () => {
    await using stage = await openStage()
    const { page, id } = await stage.person('ann')
    const owner = await stage.account('owner')
    for (const name of ['a', 'b', 'c']) await roomOf(owner, name, 'public', { id })
    const d = await roomOf(owner, 'd', 'public', { id })
    await row(page, 'a').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await head(page, 'c').waitFor()
    await writing(page, 'c').waitFor()
    await page.keyboard.press('Alt+ArrowUp')
    await head(page, 'b').waitFor()
    await writing(page, 'b').waitFor()
    await owner.do('POST', `/v1/rooms/${d}/messages`, { text: 'News' })
    await row(page, 'd').getByText('1 unread message').waitFor()
    await page.keyboard.press('Alt+Shift+ArrowDown')
    await head(page, 'd').waitFor()
  })
})

describe('who is a guest', () => {
  it('is offered open rooms only, and nothing of accounts', async () => {
    await using stage = await openStage()
    const owner = await stage.account('owner')
    await roomOf(owner, 'tea', 'public')
    await roomOf(owner, 'hall', 'open')
    const { page } = await stage.person('gwen', { as: 'guest', path: '/browse' })
    await page.getByRole('button', { name: 'Join hall' }).click()
    await head(page, 'hall').waitFor()
    await page.getByRole('button', { name: 'Actions for this room' }).click()
    await page.getByRole('menuitem', { name: 'Leave room' }).waitFor()
    assert.equal(await page.getByRole('menuitem', { name: 'Invite' }).count(), 0)
    await page.keyboard.press('Escape')
    assert.equal(await page.getByRole('button', { name: 'New direct message' }).count(), 0)
    await page.getByRole('button', { name: 'Create a room' }).click()
    await page.getByRole('radio').first().waitFor({ state: 'attached' })
    assert.equal(await page.getByRole('radio').count(), 1)
  })
})

describe('the screens of rooms', () => {
  it('lead back to the list on a phone', async () => {
    await using stage = await openStage()
    const { page, id } = await stage.person('ann', { viewport: phone, hasTouch: true })
    const owner = await stage.account('owner')
    const tea = await roomOf(owner, 'tea', 'public', { id })
    await row(page, 'tea').tap()
    await head(page, 'tea').waitFor()
    await row(page, 'tea').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Back' }).tap()
    await row(page, 'tea').waitFor()
    assert.equal(new URL(page.url()).pathname, '/')
    await row(page, 'tea').tap()
    await page.goBack()
    await row(page, 'tea').waitFor()
    assert.notEqual(new URL(page.url()).pathname, `/r/${tea}`)
  })

  for (const { size, viewport, colorScheme } of looks) {
    it(`have nothing for axe to find, and fit (${size}, ${colorScheme})`, async () => {
      await using stage = await openStage()
      const { page, id } = await stage.person('ann', { viewport, colorScheme })
      const owner = await stage.account('owner')
      const tea = await roomOf(owner, 'tea', 'public', { id })
      const den = await roomOf(owner, 'den', 'private', { id })
      const far = await roomOf(
        owner,
        'A room whose name is as long as a name of a room can be on here',
        'open',
      )
      await owner.do('PUT', `/v1/rooms/${tea}/members/${id}/role`, { role: 'owner' })
      await owner.do('POST', '/v1/directs', { user: id })
      const look = async (name: string) => {
        await axe(page)
        await fits(page)
        await shot(page, `rooms-${name}-${size}-${colorScheme}`)
      }
      await row(page, 'den').waitFor()
      await look('list')
      await page.goto(`/r/${far}`)
      await page.getByRole('button', { name: 'Join' }).waitFor()
      await look('join')
      await page.goto('/browse')
      await page.getByRole('button', { name: 'Open tea' }).waitFor()
      await look('browse')
      await page.goto(`/r/${tea}`)
      await showDetails(page)
      await page.getByRole('button', { name: 'Actions for owner' }).waitFor()
      await look('details')
      await page.getByRole('button', { name: 'Edit room' }).click()
      await page.getByRole('dialog', { name: 'Edit room' }).waitFor()
      await look('edit')
      await page.goto(`/r/${den}`)
      await page.getByRole('button', { name: 'Actions for this room' }).click()
      await page.getByRole('menuitem', { name: 'Invite' }).waitFor()
      await fits(page)
      await shot(page, `rooms-menu-${size}-${colorScheme}`)
      await page.getByRole('menuitem', { name: 'Invite' }).click()
      await page.getByRole('button', { name: 'Make a link' }).click()
      await page.getByLabel('Invitation link by ann').waitFor()
      await look('invite')
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.keyboard.press('Control+k')
      await page.getByRole('option', { name: 'tea' }).waitFor()
      await look('switcher')
    })
  }
})

describe('notifications', () => {
  it('are offered once, after the first message that one sends; the browser is asked by who wants them', async () => {
    await using stage = await openStage()
    const { page, context, ...ann } = await stage.person('ann', { path: '/browse' })
    await context.addInitScript(`
      let permission = 'default'
      globalThis.asked = 0
      Object.defineProperty(Notification, 'permission', { get: () => permission })
      Notification.requestPermission = async () => { asked += 1; return (permission = 'granted') }`)
    const tea: number = (await ann.do('POST', '/v1/rooms', { name: 'tea' })).id
    const offer = page.getByRole('region', {
      name: 'Get a notification when someone mentions or messages you?',
    })
    const send = async (text: string) => {
      await page.getByRole('textbox', { name: /^Message/ }).fill(text)
      await page.keyboard.press('Enter')
      await page.getByRole('log').getByText(text).waitFor()
    }
    await page.goto(`/r/${tea}`)
    await page.getByText('This room began').waitFor()
    assert.equal(await offer.count(), 0)
    await send('The first one')
    await offer.waitFor()
    await axe(page)
    assert.equal(await page.evaluate('asked'), 0)
    await offer.getByRole('button', { name: 'Not now' }).click()
    await offer.waitFor({ state: 'detached' })
    await page.reload()
    await page.getByRole('log').getByText('The first one').waitFor()
    await send('The second one')
    assert.equal(await offer.count(), 0)
    await page.evaluate("localStorage.removeItem('parlance.preferences')")
    await page.reload()
    await page.getByRole('log').getByText('The second one').waitFor()
    await send('The third one')
    await offer.getByRole('button', { name: 'Turn on' }).click()
    await offer.waitFor({ state: 'detached' })
    await comesTrue(async () => (await page.evaluate('asked')) === 1)
    const kept = await page.evaluate<string>("localStorage.getItem('parlance.preferences')")
    assert.equal(JSON.parse(kept).notifications, true)
  })
})

describe('marks that are piled up', () => {
  it('stay within the name or text that has them', async () => {
    await using stage = await openStage()
    const pile = '\u030d\u030e\u0304\u0305\u033f\u0311\u0306\u0310\u0352\u0357\u0351\u0307\u0308\u030a'
    const zalgo = [...'Zalgo'].map((letter) => letter + pile).join('')
    const { page, id, ...ann } = await stage.person('ann')
    const tea: number = (await ann.do('POST', '/v1/rooms', { name: zalgo.slice(0, 60), topic: zalgo })).id
    await ann.do('POST', `/v1/rooms/${tea}/messages`, { text: 'above' })
    await ann.do('POST', `/v1/rooms/${tea}/messages`, { text: `${zalgo} and ${zalgo}` })
    await page.goto(`/r/${tea}`)
    await page.getByRole('log').getByText('above').waitFor()
    await shot(page, 'rooms-piled-marks')
    // Whatever stands for a name or text clips what is drawn above and below it.
    const open = await page.evaluate(() =>
      [...document.querySelectorAll('[dir=auto]:not(input, textarea)')]
        .filter((element) => /\p{M}/u.test(element.textContent ?? ''))
        .filter((element) => {
          for (let one: Element | null = element; one !== null && one.id !== 'app'; one = one.parentElement) {
            const { overflowY, display } = getComputedStyle(one)
            if (display !== 'inline' && (overflowY === 'clip' || overflowY === 'hidden')) return false
            if (one.matches('article, li, header, [role=log]')) return true
          }
          return true
        })
        .map((element) => element.outerHTML),
    )
    assert.deepEqual(open, [])
  })
})
