import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import {
  axe,
  desktop,
  fits,
  holdableWire,
  openStage,
  type Person,
  phone,
  type Stage,
  shot,
} from './support.ts'

/** Two people in a room of their own. */
async function twoInARoom(stage: Stage) {
  const ann = await stage.person('ann', { viewport: desktop })
  const ben = await stage.account('ben')
  const room = await ann.do('POST', '/v1/rooms', { name: 'tea', visibility: 'public' })
  await ben.do('POST', `/v1/rooms/${room.id}/join`, {})
  const say = (who: Pick<Person, 'do'>, text: string, more = {}) =>
    who.do('POST', `/v1/rooms/${room.id}/messages`, { text, ...more })
  const enter = async () => {
    await ann.page.goto(`/r/${room.id}`)
    await composer(ann.page).waitFor()
  }
  return { ann, ben, room, page: ann.page, say, enter }
}

function composer(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Message to tea' })
}

function row(page: Page, text: string): Locator {
  return page.locator('article[data-seq]').filter({ hasText: text })
}

async function choose(page: Page, text: string, item: string): Promise<void> {
  await row(page, text).hover()
  await row(page, text).getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

describe('messages', () => {
  it('are sent, answered, changed by the arrow up, and deleted after a question', async () => {
    await using stage = await openStage()
    const { ben, page, say, enter } = await twoInARoom(stage)
    await say(ben, 'Is there **tea**?')
    await enter()
    await row(page, 'Is there tea?').hover()
    await row(page, 'Is there tea?').getByRole('button', { name: 'Reply' }).click()
    await page.getByText('Replying to ben').waitFor()
    await page.keyboard.type('Yes, greem')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('and black')
    await page.keyboard.press('Enter')
    const answer = row(page, 'Yes, greem')
    await answer.getByRole('button', { name: 'Answer to ben' }).waitFor()
    assert.equal(await composer(page).inputValue(), '')
    assert.equal(await page.getByText('Replying to ben').count(), 0)

    await page.keyboard.press('ArrowUp')
    const editor = page.getByRole('textbox', { name: 'Edit message' })
    await editor.waitFor()
    assert.equal(await editor.inputValue(), 'Yes, greem\nand black')
    await axe(page)
    await editor.fill('Yes, green')
    await page.keyboard.press('Enter')
    await row(page, 'Yes, green').getByText('(edited)').waitFor()
    await composer(page).and(page.locator(':focus')).waitFor()

    await choose(page, 'Yes, green', 'Delete')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('This message was deleted').waitFor()
    assert.equal(await page.getByText('Yes, green').count(), 0)
  })

  it('take reactions from the toolbar, the picker and the chips', async () => {
    await using stage = await openStage()
    const { ann, ben, page, room, say, enter } = await twoInARoom(stage)
    const { id } = await say(ben, 'cake')
    await enter()
    await row(page, 'cake').hover()
    await row(page, 'cake').getByRole('button', { name: 'React with 👍' }).click()
    await page.getByRole('button', { name: '👍 1 reaction, one of them yours', pressed: true }).waitFor()

    await row(page, 'cake').getByRole('toolbar').getByRole('button', { name: 'Add reaction' }).click()
    const search = page.getByRole('searchbox', { name: 'Search emoji' })
    await search.fill('rocket')
    await page.getByRole('gridcell', { name: 'Rocket', exact: true, selected: true }).waitFor()
    await search.fill('+1')
    await page.getByRole('gridcell', { name: 'Thumbs up', selected: true }).waitFor()
    await search.fill('party popper')
    await page.getByRole('gridcell', { name: 'Party popper', selected: true }).waitFor()
    await axe(page)
    await shot(page, 'messages-picker')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '🎉 1 reaction, one of them yours' }).waitFor()

    await ben.do('PUT', `/v1/rooms/${room.id}/messages/${id}/reactions/${encodeURIComponent('🎉')}`)
    await page.getByRole('button', { name: '🎉 2 reactions, one of them yours' }).click()
    await page.getByRole('button', { name: '🎉 1 reaction', exact: true, pressed: false }).waitFor()
    const { reactions } = await ann.do('GET', `/v1/rooms/${room.id}/messages/${id}`)
    assert.deepEqual(reactions, [
      { emoji: '👍', count: 1, me: true },
      { emoji: '🎉', count: 1, me: false },
    ])
    // Who reacted: pointed at, by keyboard, and in the menu.
    await page.mouse.move(0, 0)
    await page.getByRole('button', { name: '🎉 1 reaction', exact: true }).hover()
    await page.getByText('ben reacted with 🎉').waitFor()
    await page.getByRole('button', { name: '👍 1 reaction, one of them yours' }).focus()
    await page
      .getByRole('button', { name: '👍 1 reaction' })
      .and(page.locator('[data-tip^="You reacted"]'))
      .waitFor()
    await row(page, 'cake').getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Who reacted' }).click()
    const dialog = page.getByRole('dialog', { name: 'Reactions' })
    await dialog.getByText('ann (you)').waitFor()
    await dialog.getByRole('button', { name: '🎉 1 reaction' }).click()
    await dialog.getByRole('list', { name: 'Who reacted with 🎉' }).getByText('ben').waitFor()
    await axe(page)
    await shot(page, 'messages-reactors')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    // Where the mouse comes to rest first is told, too, though it is that move that has the teller loaded.
    await page.mouse.move(0, 0)
    await page.reload()
    await page.getByRole('button', { name: '🎉 1 reaction', exact: true }).hover()
    await page.getByText('ben reacted with 🎉').waitFor()
  })

  it('are copied with who wrote them and when, one alone as its text', async () => {
    await using stage = await openStage()
    const { ann, ben, page, say, enter } = await twoInARoom(stage)
    await ann.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await say(ben, 'Is there **tea**?')
    await say(ann, 'yes,\n- green')
    await say(ben, 'Good')
    await enter()
    await row(page, 'Good').waitFor()
    const copied = async (from: string, to: string, toOffset: number) => {
      await page.evaluate(
        ([first = '', last = '', offset]) => {
          const body = (text: string) =>
            [...document.querySelectorAll('article')].find((each) => each.textContent?.includes(text))
          const [start, end] = [body(first), body(last)]
          if (start !== undefined && end !== undefined)
            getSelection()?.setBaseAndExtent(start, 0, end, Math.min(Number(offset), end.childNodes.length))
        },
        [from, to, String(toOffset)] as const,
      )
      await page.waitForLoadState('networkidle')
      await page.keyboard.press('Control+c')
      return page.evaluate(() => navigator.clipboard.readText())
    }
    const times = /\[\d\d:\d\d\]/g
    const all = await copied('Is there', 'Good', 9)
    assert.equal(
      all.replace(times, '[…]'),
      '[…] ben: Is there **tea**?\n[…] ann: yes,\n- green\n[…] ben: Good',
    )
    // As a browser selects a paragraph: up to the begin of what follows.
    assert.equal(await copied('Is there', 'green', 0), 'Is there **tea**?')
    assert.equal(await copied('green', 'green', 9), 'yes,\n- green')
  })

  it('are acted on by single keys, as the sheet of keys says', async () => {
    await using stage = await openStage()
    const { ann, ben, page, room, say, enter } = await twoInARoom(stage)
    await ann.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await say(ben, 'tea?')
    const { seq } = await say(ann, 'gren tea')
    await enter()
    await row(page, 'gren tea').waitFor()
    await composer(page).focus()
    const hasFocus = (text: string) => page.locator('article:focus').filter({ hasText: text }).waitFor()
    const press = (key: string) => page.keyboard.press(key)
    await press('Shift+Tab')
    await press('ArrowUp')
    await hasFocus('gren tea')

    await press('Enter')
    await page.getByRole('menuitem', { name: 'Copy text' }).waitFor()
    await press('Escape')
    await hasFocus('gren tea')
    // As fast as keys can be: the menu has not taken the focus yet, and what closes it does not leave the message.
    await page.evaluate(() => {
      for (const key of ['Enter', 'Escape'])
        document.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
        )
    })
    await page.getByRole('menu').waitFor({ state: 'detached' })
    await hasFocus('gren tea')
    await press('c')
    await page.getByText('Link copied').waitFor()
    assert.equal(
      await page.evaluate(() => navigator.clipboard.readText()),
      `${stage.url}/r/${room.id}/${seq}`,
    )
    await press('+')
    await page.getByRole('searchbox', { name: 'Search emoji' }).fill('teacup')
    await page.getByRole('gridcell', { name: /teacup/i }).waitFor()
    await press('Enter')
    await page.getByRole('button', { name: '🍵 1 reaction, one of them yours' }).waitFor()
    await hasFocus('gren tea')
    await press('e')
    const editor = page.getByRole('textbox', { name: 'Edit message' })
    // Its code comes late: it begins with the text as it was, and then has the focus.
    await editor.and(page.locator(':focus')).waitFor()
    await editor.fill('green tea')
    await press('Enter')
    await row(page, 'green tea').getByText('(edited)').waitFor()

    await composer(page).focus()
    await press('Shift+Tab')
    await hasFocus('green tea')
    await press('Delete')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
    await hasFocus('green tea')
    await press('ArrowUp')
    await hasFocus('tea?')
    // It is not ann's to be changed: an editor would take the next key.
    await press('e')
    await press('r')
    await page.getByText('Replying to ben').waitFor()
    await page.keyboard.type('Yes')
    await press('Enter')
    await row(page, 'Yes').getByRole('button', { name: 'Answer to ben' }).waitFor()
    await press('Shift+Tab')
    await hasFocus('tea?')
    await press('End')
    await hasFocus('Yes')
    await press('Escape')
    await composer(page).and(page.locator(':focus')).waitFor()
    await press('Shift+Tab')
    await hasFocus('Yes')
    await press('Delete')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('This message was deleted').waitFor()
  })

  it('run nothing that somebody has written', async () => {
    await using stage = await openStage()
    const { ben, page, say, enter } = await twoInARoom(stage)
    await say(ben, '<img src=x onerror="document.title=\'ran\'"> <script>document.title="ran"</script>')
    await say(ben, '[click](javascript:document.title="ran") ![p](https://elsewhere.example/p.png)')
    await say(ben, '[bank.example](https://evil.example)')
    await enter()
    const picture = page.getByRole('link', { name: 'p', exact: true })
    await picture.waitFor()
    assert.equal(await picture.getAttribute('rel'), 'noopener noreferrer nofollow')
    assert.equal(await page.getByRole('link', { name: 'click' }).count(), 0)
    assert.equal(await page.locator('article img, article script').count(), 0)
    await page.getByRole('link', { name: 'bank.example (evil.example)' }).waitFor()
    assert.doesNotMatch(await page.title(), /ran/)
  })

  it('[MK2] [MK12] are shown and copied as they were typed, with code in colours, and folded where they are long', async () => {
    await using stage = await openStage()
    const { ben, page, say, enter } = await twoInARoom(stage)
    await say(ben, '```ts\nconst tea = "green"\n```')
    await say(ben, Array.from({ length: 40 }, (_, i) => `line ${i + 1}.`).join('\n'))
    const typed = ['  a  b\tc ->\n\n\n    d', '**中文。**后面 2*3*4 C:\\*.log']
    for (const text of typed) await say(ben, text)
    await enter()
    const keyword = page.locator('.hljs-keyword', { hasText: 'const' })
    await keyword.waitFor()
    const colourOf = (element: Element) => getComputedStyle(element).color
    const around = await page.locator('code', { hasText: 'const tea' }).evaluate(colourOf)
    const colours = [await keyword.evaluate(colourOf), await page.locator('.hljs-string').evaluate(colourOf)]
    assert.equal(new Set([around, ...colours]).size, 3, `${around}, ${colours}`)
    const copies = page.locator('article[data-seq]').evaluateAll((rows, count) => {
      const bodies = rows.slice(-count).map((row) => row.querySelector('p')?.parentElement)
      return bodies.map((body) => {
        getSelection()?.selectAllChildren(body ?? document.body)
        return `${getSelection()}`
      })
    }, typed.length)
    assert.deepEqual(await copies, [typed[0], '中文。后面 2*3*4 C:\\*.log'])
    assert.equal(await page.getByText('line 40.').count(), 0)
    await page.getByRole('button', { name: 'Show more' }).click()
    await page.getByText('line 40.').waitFor()
    await page.getByRole('button', { name: 'Show less', expanded: true }).waitFor()
    await axe(page)
  })

  it('that the server refuses say why, and are sent again', async () => {
    await using stage = await openStage()
    const { ann, ben, page, room, enter } = await twoInARoom(stage)
    const wire = await holdableWire(page)
    await enter()
    await ann.do('PUT', `/v1/rooms/${room.id}/members/${ben.id}/role`, { role: 'owner' })
    await ann.do('PUT', `/v1/rooms/${room.id}/members/${ann.id}/role`, { role: 'member' })
    // The room's messages are here.
    await page.getByText('This room began').waitFor()
    wire.hold()
    await composer(page).fill('too late')
    await page.keyboard.press('Enter')
    await page.getByText('Sending…').waitFor()
    await ben.do('PUT', `/v1/rooms/${room.id}/members/${ann.id}/mute`, { forMs: 3_600_000 })
    wire.release()
    await page.getByText('Not sent. You are muted in this room.').waitFor()
    await page.getByText(/You are muted in this room until/).waitFor()
    await ben.do('PUT', `/v1/rooms/${room.id}/members/${ann.id}/mute`, { forMs: 0 })
    await composer(page).waitFor()
    await page.getByRole('button', { name: 'Try again' }).click()
    await row(page, 'too late').waitFor()
  })
})

describe('the composer', () => {
  it('keeps a draft with its reply over a reload, and forgets it when it is sent', async () => {
    await using stage = await openStage()
    const { ben, page, say, enter } = await twoInARoom(stage)
    await say(ben, 'tea?')
    await enter()
    await row(page, 'tea?').hover()
    await row(page, 'tea?').getByRole('button', { name: 'Reply' }).click()
    await page.keyboard.type('not yet')
    await page.reload()
    await page.getByText('Replying to ben').waitFor()
    assert.equal(await composer(page).inputValue(), 'not yet')
    await composer(page).press('Enter')
    await row(page, 'not yet').getByRole('button', { name: 'Answer to ben' }).waitFor()
    await page.reload()
    await row(page, 'not yet').waitFor()
    assert.equal(await composer(page).inputValue(), '')
  })

  it('tells who is answered unless that is switched off, which a draft keeps', async () => {
    await using stage = await openStage()
    const { ben, page, room, say, enter } = await twoInARoom(stage)
    await say(ben, 'tea?')
    await enter()
    const answer = async (text: string) => {
      await row(page, 'tea?').first().hover()
      await row(page, 'tea?').first().getByRole('button', { name: 'Reply' }).click()
      await page.keyboard.type(text)
    }
    const mentions = async () => (await ben.do('GET', `/v1/rooms/${room.id}`)).mentions
    await answer('loud')
    await page.keyboard.press('Enter')
    await row(page, 'loud').waitFor()
    assert.equal(await mentions(), 1)
    await answer('quiet')
    const notify = page.getByRole('switch', { name: 'Notify ben of this reply', checked: true })
    await composer(page).press('Shift+Tab')
    await page.keyboard.press('Shift+Tab')
    await notify.and(page.locator(':focus')).press('Space')
    await page.getByRole('switch', { name: 'Notify ben of this reply', checked: false }).waitFor()
    await axe(page)
    await shot(page, 'messages-reply')
    await page.reload()
    await page.getByRole('switch', { name: 'Notify ben of this reply', checked: false }).waitFor()
    await composer(page).press('Enter')
    await row(page, 'quiet').waitFor()
    assert.equal(await mentions(), 1)
  })

  it('of two tabs has two drafts, and sending one clears that text alone', async () => {
    await using stage = await openStage()
    const { ann, page, room, enter } = await twoInARoom(stage)
    await enter()
    await composer(page).fill('from the first')
    const other = await ann.context.newPage()
    await other.goto(`/r/${room.id}`)
    await composer(other).fill('from the second')
    await page.reload()
    await other.reload()
    assert.equal(await composer(page).inputValue(), 'from the first')
    assert.equal(await composer(other).inputValue(), 'from the second')
    await composer(page).press('Enter')
    await row(other, 'from the first').waitFor()
    assert.equal(await composer(other).inputValue(), 'from the second')
    await composer(page).fill('from the second')
    await composer(page).press('Enter')
    await row(other, 'from the second').waitFor()
    await other.waitForFunction(() => document.querySelector('textarea')?.value === '')
    await Promise.all([page.reload(), other.reload()])
    assert.deepEqual(await Promise.all([page, other].map((each) => composer(each).inputValue())), ['', ''])
  })

  it('takes what is written, pasted and dropped while the focus is elsewhere, and no key of anything else', async () => {
    await using stage = await openStage()
    const { ann, ben, page, room, say, enter } = await twoInARoom(stage)
    await ann.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await say(ben, 'tea?')
    await enter()
    await row(page, 'tea?').getByText('tea?').click()
    await page.keyboard.type('cake? ')
    assert.equal(await composer(page).inputValue(), 'cake? ')
    await page.getByRole('log').click({ position: { x: 5, y: 5 } })
    await page.keyboard.press('Control+b')
    await page.keyboard.press('Alt+x')
    assert.equal(await composer(page).and(page.locator(':focus')).count(), 0)
    await page.evaluate(() => navigator.clipboard.writeText('pasted'))
    await page.keyboard.press('Control+v')
    assert.equal(await composer(page).inputValue(), 'cake? pasted')

    const drop = (of: 'file' | 'text') =>
      page.evaluate((kind) => {
        const dataTransfer = new DataTransfer()
        if (kind === 'file') dataTransfer.items.add(new File(['x'], 'x.png', { type: 'image/png' }))
        else dataTransfer.setData('text/uri-list', 'https://example.com/')
        const fire = (type: string) => {
          const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })
          document.querySelector('article')?.dispatchEvent(event)
          return event.defaultPrevented
        }
        return [fire('dragover'), fire('drop')]
      }, of)
    await page.getByRole('log').click({ position: { x: 5, y: 5 } })
    assert.deepEqual(await drop('text'), [true, true])
    assert.equal(await composer(page).inputValue(), 'cake? pastedhttps://example.com/')
    assert.deepEqual(await drop('file'), [true, true])
    await page.getByText('Files can’t be sent yet. A link to them can.').waitFor()
    assert.ok(page.url().endsWith(`/r/${room.id}`))

    await page.keyboard.press('Control+k')
    const switcher = page.getByRole('dialog', { name: 'Go to a room or person' })
    await switcher.waitFor()
    await page.keyboard.type('zzz')
    await page.keyboard.press('Escape')
    await switcher.waitFor({ state: 'detached' })
    await page.locator('body').press('Escape')
    assert.equal(await composer(page).inputValue(), 'cake? pastedhttps://example.com/')
  })

  it('says what happens with a picture that is dragged over it or pasted, and pastes the text beside one', async () => {
    await using stage = await openStage()
    const { page, enter } = await twoInARoom(stage)
    await enter()
    const fire = (type: 'dragover' | 'dragleave' | 'paste', text = '') =>
      composer(page).evaluate(
        (field, [kind, beside]) => {
          const data = new DataTransfer()
          data.items.add(new File(['x'], 'x.png', { type: 'image/png' }))
          if (beside !== '') data.setData('text/plain', beside ?? '')
          const more = { bubbles: true, cancelable: true }
          const event =
            kind === 'paste'
              ? new ClipboardEvent(kind, { clipboardData: data, ...more })
              : new DragEvent(kind ?? '', { dataTransfer: data, ...more })
          field.dispatchEvent(event)
          return event.defaultPrevented
        },
        [type, text],
      )
    assert.equal(await fire('dragover'), true)
    await page.getByRole('status').filter({ hasText: 'Files can’t be sent yet.' }).waitFor()
    await axe(page)
    await shot(page, 'messages-drop')
    await fire('dragleave')
    await page
      .getByRole('status')
      .filter({ hasText: 'Files can’t be sent yet.' })
      .waitFor({ state: 'detached' })
    assert.equal(await fire('paste', 'a table'), false)
    assert.equal(await page.getByText('Files can’t be sent yet. A link to them can.').count(), 0)
    assert.equal(await fire('paste'), true)
    await page.getByText('Files can’t be sent yet. A link to them can.').waitFor()
  })

  it('makes a line of Enter in a block of code, and sends it once that is closed', async () => {
    await using stage = await openStage()
    const { page, enter } = await twoInARoom(stage)
    await enter()
    await composer(page).click()
    await page.keyboard.type('```js\n@be\nlet tea\n```')
    assert.equal(await composer(page).inputValue(), '```js\n@be\nlet tea\n```')
    await page.keyboard.press('Enter')
    await row(page, 'let tea').waitFor()
    await composer(page).press('ArrowUp')
    const editor = page.getByRole('textbox', { name: 'Edit message' })
    await editor.and(page.locator(':focus')).waitFor()
    await editor.press('ArrowUp')
    await editor.press('End')
    await editor.press('Enter')
    await page.keyboard.type('let milk')
    await editor.press('Control+Enter')
    await row(page, 'let milk').waitFor()
    assert.equal(await row(page, 'let milk').locator('pre').textContent(), '@be\nlet tea\nlet milk')
  })

  it('completes names and emoji by the keys', async () => {
    await using stage = await openStage()
    const { page, enter } = await twoInARoom(stage)
    await enter()
    await composer(page).click()
    await page.keyboard.type('hi @b')
    await page.getByRole('option', { name: 'ben', selected: true }).waitFor()
    await axe(page)
    await page.keyboard.press('Enter')
    await page.keyboard.type(':tada')
    await page.getByRole('option', { name: 'Party popper', selected: true }).waitFor()
    await page.keyboard.press('Tab')
    assert.equal(await composer(page).inputValue(), 'hi @ben 🎉 ')
    await page.keyboard.press('Enter')
    await row(page, 'hi @ben').waitFor()
  })

  it('says who is mentioned and not in the room, and invites them', async () => {
    await using stage = await openStage()
    const { page, room, enter } = await twoInARoom(stage)
    const carl = await stage.account('carl')
    await enter()
    await composer(page).click()
    await page.keyboard.type('tea, @ben and `@carl`? ')
    await page.keyboard.type('Tell @Carl')
    await page.getByText('@carl is not in this room and will not be notified.').waitFor()
    assert.equal(await page.getByText('@ben is not in this room').count(), 0)
    await axe(page)
    await shot(page, 'messages-absent')
    await page.getByRole('button', { name: 'Invite carl' }).click()
    await page.getByText('@carl is not in this room').waitFor({ state: 'detached' })
    await composer(page).press('Enter')
    await row(page, 'Tell @Carl').waitFor()
    assert.equal((await carl.do('GET', `/v1/rooms/${room.id}`)).mentions, 1)
  })

  it('sets marks by the keys, and undo takes them back', async () => {
    await using stage = await openStage()
    const { page, enter } = await twoInARoom(stage)
    await enter()
    await composer(page).fill('tea')
    await composer(page).press('Control+a')
    await page.keyboard.press('Control+b')
    assert.equal(await composer(page).inputValue(), '**tea**')
    await page.keyboard.press('Control+z')
    assert.equal(await composer(page).inputValue(), 'tea')
  })

  it('tells how near the limit is, and sends nothing beyond it', async () => {
    await using stage = await openStage()
    const { page, enter } = await twoInARoom(stage)
    await enter()
    await composer(page).fill('x'.repeat(16_001))
    await page.getByText('1 character too many').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Send' }).isDisabled(), true)
    await composer(page).press('Enter')
    await composer(page).press('Backspace')
    await page.getByText('0 characters left').waitFor()
    await page.getByRole('button', { name: 'Send' }).click()
    await row(page, 'xxx').waitFor()
  })

  it('has its room on a phone, where Enter makes a line', async () => {
    await using stage = await openStage()
    const ann = await stage.person('ann', {
      viewport: phone,
      colorScheme: 'dark',
      hasTouch: true,
      isMobile: true,
    })
    const room = await ann.do('POST', '/v1/rooms', { name: 'tea', visibility: 'public' })
    await ann.page.goto(`/r/${room.id}`)
    const field = composer(ann.page)
    await field.fill('one')
    await field.press('Enter')
    await ann.page.keyboard.type('two')
    await ann.page.getByRole('button', { name: 'Send' }).click()
    await row(ann.page, 'one').waitFor()
    await fits(ann.page)
    await axe(ann.page)
    await shot(ann.page, 'messages-phone')
  })
})
