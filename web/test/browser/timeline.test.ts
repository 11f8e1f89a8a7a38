import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { type LongRoom, longRoom } from './long-room.ts'
import { axe, comesTrue, fits, openStage, type Person, phone, type Stage, shot } from './support.ts'

/** Somebody who has read everything in a room, and opens it. */
async function member(stage: Stage, { room }: LongRoom, path = `/r/${room}`): Promise<Person> {
  const ann = await stage.person('ann')
  await ann.do('POST', `/v1/rooms/${room}/join`)
  await ann.do('PUT', `/v1/rooms/${room}/read`, { seq: (await ann.do('GET', `/v1/rooms/${room}`)).head })
  // Its tokens have come: who leaves in the middle of that would be logged out.
  await ann.page.waitForLoadState('networkidle')
  await ann.page.goto(path)
  await ann.page.locator('[role=log][aria-busy=false] article').first().waitFor({ state: 'attached' })
  return ann
}

/** So many messages by somebody else, each with its number, of few words up to many; gives their seqs. */
async function news(stage: Stage, { room }: LongRoom, count: number, lengths = 1): Promise<number[]> {
  const ben = await stage.account('ben')
  await ben.do('POST', `/v1/rooms/${room}/join`)
  const seqs: number[] = []
  for (let number = 1; number <= count; number += 1) {
    const text = `news ${number}${' and more'.repeat(((number - 1) % lengths) * 20)}`
    const { seq } = await ben.do('POST', `/v1/rooms/${room}/messages`, { text })
    seqs.push(seq)
  }
  return seqs
}

/** Waits until the message of a seq stands between two parts of what is seen of the list: 0 is its top, 1 its bottom. */
async function stands(page: Page, seq: number, from: number, to: number): Promise<void> {
  await page.waitForFunction(
    ([wanted, low, high]) => {
      const log = document.querySelector('[role=log][aria-busy=false]')
      const row = log?.querySelector(`[data-seq="${wanted}"]`)
      if (log == null || row == null) return false
      const box = log.getBoundingClientRect()
      const place = (row.getBoundingClientRect().top - box.top) / box.height
      return place > low && place < high
    },
    [seq, from, to] as const,
  )
}

/** Waits until the message of a seq is seen. */
async function sees(page: Page, seq: number): Promise<void> {
  await page.waitForFunction((wanted) => {
    const log = document.querySelector('[role=log][aria-busy=false]')
    const row = log?.querySelector(`[data-seq="${wanted}"]`)
    if (log == null || row == null) return false
    const [box, place] = [log.getBoundingClientRect(), row.getBoundingClientRect()]
    return place.bottom > box.top && place.top < box.bottom
  }, seq)
}

async function isAtEnd(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const log = document.querySelector('[role=log][aria-busy=false]')
    return log !== null && log.scrollHeight - log.scrollTop - log.clientHeight < 2
  })
}

interface Scrolled {
  /** The lowest seq that came into sight. */
  readonly lowest: number
  /** How far anything seen ever moved beside its step, from one painted frame to the next, and where that was. */
  readonly astrayPx: number
  readonly astrayAt: string
  /** The frames that showed no rows in a part of the list. */
  readonly blankFrames: number
}

/** Waits until the list counts as one that is not scrolled: then what is in it can be clicked. */
async function isAtRest(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('[role=log] > [style*="pointer-events: none"]') === null,
  )
}

/** Scrolls up by steps, each after so many frames. */
function scrollUp(page: Page, steps: number, framesEach = 4): Promise<Scrolled> {
  return page.evaluate(
    async ([count, frames]) => {
      const stepPx = 200
      const log = document.querySelector('[role=log]')
      if (log === null) throw new Error('There is no list.')
      // Sizes are told once a frame, to who has asked later than the list after it: that is what is painted.
      const probe = document.body.appendChild(document.createElement('div'))
      probe.style.position = 'absolute'
      let painted = () => {}
      new ResizeObserver(() => painted()).observe(probe)
      const frame = () =>
        new Promise<void>((resolve) => {
          painted = resolve
          requestAnimationFrame(() => {
            probe.style.width = probe.style.width === '1px' ? '2px' : '1px'
          })
        })
      const task = () => new Promise((resolve) => setTimeout(resolve))
      const rows = () =>
        [...log.querySelectorAll<HTMLElement>('[data-seq]')]
          .filter((row) => getComputedStyle(row).visibility === 'visible')
          .map((row) => ({ seq: Number(row.dataset.seq), box: row.getBoundingClientRect() }))
      const places = () => {
        const { top, bottom } = log.getBoundingClientRect()
        const seen = rows().filter(({ box }) => box.bottom > top && box.top < bottom)
        lowest = Math.min(lowest, ...seen.map(({ seq }) => seq))
        const coveredPx = seen.reduce(
          (sum, { box }) => sum + Math.min(box.bottom, bottom) - Math.max(box.top, top),
          0,
        )
        // A line for a day and one for what is about to come are no rows.
        if (bottom - top - coveredPx > 150) blankFrames += 1
        return new Map(seen.map(({ seq, box }) => [seq, box.top]))
      }
      let lowest = Number.POSITIVE_INFINITY
      let astrayPx = 0
      let astrayAt = ''
      let blankFrames = 0
      await frame()
      let before = places()
      for (let step = 0; step < count; step += 1) {
        await task()
        log.dispatchEvent(new WheelEvent('wheel', { deltaY: -stepPx, bubbles: true }))
        const from = log.scrollTop
        log.scrollBy(0, -stepPx)
        // At its top the list stops until the next page is there.
        let movedPx = from - log.scrollTop
        for (let n = 0; n < frames; n += 1) {
          await frame()
          const after = places()
          for (const [seq, top] of after) {
            const offPx = Math.abs(top - (before.get(seq) ?? top - movedPx) - movedPx)
            if (offPx > astrayPx)
              astrayAt = `seq ${seq} in frame ${n} of step ${step}, from ${before.get(seq)} to ${top}`
            astrayPx = Math.max(astrayPx, offPx)
          }
          before = after
          movedPx = 0
        }
      }
      probe.remove()
      return { lowest, astrayPx, astrayAt, blankFrames }
    },
    [steps, framesEach] as const,
  )
}

const announced = (page: Page) => page.locator('[aria-live=polite].visually-hidden').allInnerTexts()

describe('the timeline of a room with 50,000 messages', () => {
  it('opens at its end, and nothing that is seen jumps as older messages come', async () => {
    await using long = await longRoom(50_000)
    await using stage = await openStage({ server: { database: long.database } })
    const { page } = await member(stage, long)
    await isAtEnd(page)
    await page.getByText('number 50000', { exact: false }).waitFor()
    // At once and as fast as fingers throw it, from where it has come to rest, and as one reads.
    for (const [steps, framesEach] of [
      [40, 1],
      [20, 1],
      [20, 1],
      [70, 4],
    ] as const) {
      const { astrayPx, astrayAt, blankFrames } = await scrollUp(page, steps, framesEach)
      assert.ok(astrayPx <= 2, `${astrayPx} px astray: ${astrayAt}`)
      // Who begins at once is there before the first rows above are drawn.
      assert.ok(blankFrames <= 3, `${blankFrames} frames of ${steps} without rows`)
      await isAtRest(page)
    }
    const { lowest } = await scrollUp(page, 1)
    assert.ok(lowest < long.seqOf(49_700), `up to ${lowest}`)
    // Only what is seen is drawn.
    assert.ok((await page.locator('article').count()) < 80)
    await page.getByRole('button', { name: 'Jump to latest' }).click()
    await isAtEnd(page)
  })

  it('stays at its end as the space for it changes', async () => {
    await using long = await longRoom(500)
    await using stage = await openStage({ server: { database: long.database } })
    const { page } = await member(stage, long)
    await isAtEnd(page)
    for (const width of [700, 1_000, 390, 1_280]) {
      await page.setViewportSize({ width, height: 720 })
      await isAtEnd(page)
    }
    const height = () => page.getByRole('log').evaluate((log) => log.scrollHeight)
    const wide = await height()
    await page.getByRole('button', { name: 'Details' }).click()
    await page.waitForFunction((before) => {
      const log = document.querySelector('[role=log]')
      return log !== null && log.scrollHeight !== before
    }, wide)
    await isAtEnd(page)
    await page.locator('textarea').fill('one\n'.repeat(8))
    await isAtEnd(page)
    await page.setViewportSize({ width: 1_280, height: 420 })
    await isAtEnd(page)
  })

  it('can be left while messages come one after the other', async () => {
    await using long = await longRoom(500)
    await using stage = await openStage({
      server: { database: long.database, limits: { messagesPerSecond: 0 } },
    })
    const { page, do: ask } = await member(stage, long)
    await isAtEnd(page)
    const send = async (count: number) => {
      for (let sent = 0; sent < count; sent += 1)
        await ask('POST', `/v1/rooms/${long.room}/messages`, { text: 'and one more' })
    }
    const topmost = () =>
      page.getByRole('log').evaluate((log) => {
        const from = log.getBoundingClientRect().top
        const rows = [...log.querySelectorAll<HTMLElement>('[data-seq]')]
        const row = rows.find((one) => one.getBoundingClientRect().top > from)
        return { seq: row?.dataset.seq, top: row?.getBoundingClientRect().top }
      })
    const first = send(40)
    await page.getByText('and one more').nth(3).waitFor()
    await page.getByRole('log').hover()
    await page.mouse.wheel(0, -2_000)
    await page.getByRole('button', { name: 'Jump to latest' }).waitFor()
    await first
    const place = await topmost()
    assert.ok(Number(place.seq) <= long.seqOf(500))
    await send(10)
    await page.getByText('Jump to latest').waitFor()
    assert.deepEqual(await topmost(), place)
  })

  it('leaves what one reads where it is as what is said above it comes and goes', async () => {
    await using long = await longRoom(500)
    await using stage = await openStage({ server: { database: long.database } })
    const { page } = await member(stage, long)
    await isAtEnd(page)
    await scrollUp(page, 10)
    await isAtRest(page)
    const log = page.getByRole('log')
    const topOf = async (locator: Locator) => (await locator.boundingBox())?.y ?? Number.NaN
    const seq = await log.evaluate((list) => {
      const middle = list.getBoundingClientRect().top + list.clientHeight / 2
      const rows = [...list.querySelectorAll<HTMLElement>('[data-seq]')]
      return rows.find((row) => row.getBoundingClientRect().top > middle)?.dataset.seq
    })
    const read = log.locator(`[data-seq="${seq}"]`)
    const [before, top] = [await topOf(read), await topOf(log)]
    for (const heightPx of [48, 0]) {
      await page
        .getByRole('status')
        .first()
        .evaluate((element, px) => {
          element.style.height = `${px}px`
        }, heightPx)
      await comesTrue(async () => (await topOf(log)) === top + heightPx && (await topOf(read)) === before)
    }
  })

  it('leads to the message of a link, and says where there is none', async () => {
    await using long = await longRoom(50_000)
    await using stage = await openStage({ server: { database: long.database } })
    const { page } = await member(stage, long, `/r/${long.room}/${long.seqOf(20_000)}`)
    await sees(page, long.seqOf(20_000))
    await stands(page, long.seqOf(20_000), 0.2, 0.5)
    // Newer messages come as older ones do, up to the live end.
    await page.getByRole('button', { name: 'Jump to latest' }).click()
    await sees(page, long.seqOf(50_000))
    await page.goto(`/r/${long.room}/1`)
    await page.getByText('That message is not here any more').waitFor()
    await sees(page, long.seqOf(1))
    await page.getByText('This room began on').waitFor()
  })

  it('leads to a day', async () => {
    await using long = await longRoom(50_000)
    await using stage = await openStage({ server: { database: long.database } })
    const { page } = await member(stage, long)
    await isAtEnd(page)
    await scrollUp(page, 10)
    await page.locator('button:has(time)').first().click()
    const number = 144 * 100
    const day = new Date(long.beganAt.getTime() + number * 600_000)
    const pad = (part: number) => String(part).padStart(2, '0')
    await page
      .getByRole('dialog', { name: 'Jump to date' })
      .getByLabel('Jump to date')
      .fill(`${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`)
    await page.keyboard.press('Enter')
    const midnight = new Date(day.getFullYear(), day.getMonth(), day.getDate())
    const first = Math.ceil((midnight.getTime() - long.beganAt.getTime()) / 600_000)
    await sees(page, long.seqOf(first))
    await stands(page, long.seqOf(first), -0.1, 0.35)
  })
})

describe('new messages', () => {
  it('begin at a line; reading them marks them, and the bar leads back to them', async () => {
    await using long = await longRoom(200)
    await using stage = await openStage({ server: { database: long.database } })
    const ann = await member(stage, long)
    await ann.page.goto('/browse')
    await ann.page.getByRole('navigation').getByText('annals').waitFor()
    const seqs = await news(stage, long, 60)
    // A link to the end: the first new one is above.
    await ann.page.goto(`/r/${long.room}/${seqs.at(-1)}`)
    await sees(ann.page, seqs[59]!)
    await ann.page.getByRole('button', { name: /60 new messages since/ }).click()
    await sees(ann.page, seqs[0]!)
    await ann.page.getByText('New', { exact: true }).waitFor()
    await stands(ann.page, seqs[0]!, 0.2, 0.5)
    await ann.page.waitForFunction((seq) => document.activeElement?.matches(`[data-seq="${seq}"]`), seqs[0]!)
    await shot(ann.page, 'timeline-new')
    const unread = async () => (await ann.do('GET', `/v1/rooms/${long.room}`)).unread
    while ((await unread()) > 0) await isAtEnd(ann.page)
  })

  it('open a room at the first one, and go on being read as one scrolls', async () => {
    await using long = await longRoom(200)
    await using stage = await openStage({ server: { database: long.database } })
    const ann = await member(stage, long)
    await ann.page.goto('/browse')
    const seqs = await news(stage, long, 80)
    await ann.page.goto(`/r/${long.room}`)
    await sees(ann.page, seqs[0]!)
    await ann.page.getByText('New', { exact: true }).waitFor()
    const { unread } = await ann.do('GET', `/v1/rooms/${long.room}`)
    assert.ok(unread > 0, 'what was not seen is not read')
    await ann.page.getByRole('button', { name: 'Jump to latest' }).click()
    await isAtEnd(ann.page)
    await ann.page
      .getByRole('navigation')
      .getByText(/unread/)
      .waitFor({ state: 'detached' })
    // The line stays until one leaves.
    await ann.page.goto(`/r/${long.room}`)
    await isAtEnd(ann.page)
    assert.equal(await ann.page.getByText('New', { exact: true }).count(), 0)
  })

  it('are left for the end at once, though the list is still on its way to the first one', async () => {
    await using long = await longRoom(200)
    await using stage = await openStage({ server: { database: long.database } })
    const ann = await member(stage, long)
    await ann.page.goto('/browse')
    const link = ann.page.getByRole('navigation').getByText('annals')
    await link.waitFor()
    await news(stage, long, 60, 7)
    const farthest = ann.page.evaluate(async () => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
      const button = () =>
        [...document.querySelectorAll('button')].find((one) => one.textContent?.startsWith('Jump to latest'))
      while (button() === undefined) await frame()
      button()?.click()
      let wasAtEnd = false
      let farthestPx = 0
      for (let n = 0; n < 12; n += 1) {
        await frame()
        const log = document.querySelector<HTMLElement>('[role=log]')
        if (log?.parentElement == null) throw new Error('There is no list.')
        const leftPx = log.scrollHeight - log.scrollTop - log.clientHeight
        wasAtEnd ||= leftPx < 2
        if (wasAtEnd) farthestPx = Math.max(farthestPx, leftPx)
        // Rows of another width are measured anew.
        log.parentElement.style.marginInlineEnd = n % 2 === 0 ? '300px' : '0'
      }
      return farthestPx
    })
    await link.click()
    // What has grown is followed a frame later.
    assert.ok((await farthest) < 1_000, `${await farthest} px away from the end`)
    await isAtEnd(ann.page)
  })

  it('are seen and read out as they come, once; history is not', async () => {
    await using long = await longRoom(200)
    await using stage = await openStage({ server: { database: long.database } })
    const { page } = await member(stage, long)
    const ben = await stage.account('ben')
    await ben.do('POST', `/v1/rooms/${long.room}/join`)
    await isAtEnd(page)
    assert.deepEqual((await announced(page)).join('').trim(), '')
    await ben.do('POST', `/v1/rooms/${long.room}/messages`, { text: 'hello there' })
    await page.locator('[aria-live=polite]').getByText('ben: hello there').waitFor({ state: 'attached' })
    await isAtEnd(page)
    await ben.do('POST', `/v1/rooms/${long.room}/typing`)
    await page.getByText('ben is typing…').waitFor()
    await scrollUp(page, 15)
    await ben.do('POST', `/v1/rooms/${long.room}/messages`, { text: 'down here' })
    await page.locator('[aria-live=polite]').getByText('ben: down here').waitFor({ state: 'attached' })
    const left = await page.evaluate(() => {
      const log = document.querySelector('[role=log]')
      return log === null ? 0 : log.scrollHeight - log.scrollTop - log.clientHeight
    })
    assert.ok(left > 500, 'who reads above stays there')
    // One's own message is shown, wherever one was.
    await page.locator('textarea').fill('here I am')
    await page.keyboard.press('Enter')
    await isAtEnd(page)
    await page.locator('article').getByText('here I am').waitFor()
  })
})

describe('one’s place in a room', () => {
  it('is there again after a reload, and on the way back from another room', async () => {
    await using long = await longRoom(2_000)
    await using stage = await openStage({ server: { database: long.database } })
    const { page, do: ask } = await member(stage, long)
    await isAtEnd(page)
    const other = await ask('POST', '/v1/rooms', { name: 'elsewhere', visibility: 'public' })
    await scrollUp(page, 60)
    /** The topmost row, and where it stands. */
    const top = () =>
      page.evaluate(() => {
        const from = document.querySelector('[role=log]')?.getBoundingClientRect().top ?? 0
        for (const row of document.querySelectorAll<HTMLElement>('article[data-seq]')) {
          const { top, bottom } = row.getBoundingClientRect()
          if (bottom > from + 40) return { seq: Number(row.dataset.seq), topPx: Math.round(top - from) }
        }
        return undefined
      })
    const isKept = () =>
      page.waitForFunction(() => (history.state as { place?: unknown } | null)?.place !== undefined)
    await isKept()
    const before = await top()
    assert.ok(before !== undefined && before.seq < long.seqOf(1_960))
    const isBack = async () => {
      await page.locator('[role=log][aria-busy=false]').waitFor()
      await comesTrue(async () => {
        const now = await top()
        return now?.seq === before.seq && Math.abs(now.topPx - before.topPx) <= 4
      })
    }
    await page.reload()
    await isBack()
    await page.getByRole('link', { name: /elsewhere/ }).click()
    await page.waitForURL(`**/r/${other.id}`)
    await page.goBack()
    await isBack()
    // Whoever comes by a link begins where rooms begin.
    await page.getByRole('link', { name: /elsewhere/ }).click()
    await page.waitForURL(`**/r/${other.id}`)
    await page.getByRole('link', { name: /annals/ }).click()
    await isAtEnd(page)
  })
})

describe('the keys of the timeline', () => {
  it('move the focus among messages, and it is never lost', async () => {
    await using long = await longRoom(2_000)
    await using stage = await openStage({ server: { database: long.database } })
    const { page } = await member(stage, long)
    await isAtEnd(page)
    const focused = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.seq)
    const focuses = (number: number) =>
      page.waitForFunction(
        (seq) => document.activeElement?.matches(`[data-seq="${seq}"]`),
        long.seqOf(number),
      )
    await page.getByRole('log').focus()
    await page.keyboard.press('ArrowUp')
    await focuses(2_000)
    for (let number = 1_999; number > 1_950; number -= 1) {
      await page.keyboard.press('ArrowUp')
      await focuses(number)
    }
    await sees(page, long.seqOf(1_951))
    await page.keyboard.press('End')
    await focuses(2_000)
    await isAtEnd(page)
    await page.keyboard.press('PageUp')
    await page.waitForFunction(
      (seq) => Number((document.activeElement as HTMLElement | null)?.dataset.seq) < seq,
      long.seqOf(2_000),
    )
    // However far the list is scrolled, the message that has the focus stays.
    const before = await focused()
    await scrollUp(page, 60)
    assert.equal(await focused(), before)
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
  })

  it('go to the room’s oldest message and back to its newest, whatever is loaded', async () => {
    await using long = await longRoom(2_000)
    await using stage = await openStage({ server: { database: long.database } })
    const { page } = await member(stage, long)
    await isAtEnd(page)
    const focuses = (number: number) =>
      page.waitForFunction(
        (seq) => document.activeElement?.matches(`[data-seq="${seq}"]`),
        long.seqOf(number),
      )
    await page.getByRole('log').focus()
    await page.keyboard.press('Home')
    await focuses(1)
    await page.getByText('This room began').waitFor()
    await sees(page, long.seqOf(1))
    await page.keyboard.press('End')
    await focuses(2_000)
    await isAtEnd(page)
    // Where nothing has the focus as well, but not in a field.
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await page.keyboard.press('Home')
    await focuses(1)
    await page.keyboard.press('Escape')
    await page.keyboard.type('tea')
    await page.keyboard.press('Home')
    await page.keyboard.type('green ')
    assert.equal(await page.locator('textarea').inputValue(), 'green tea')
  })

  it('cost little in the composer beside a long list', async (t) => {
    await using long = await longRoom(50_000)
    await using stage = await openStage({ server: { database: long.database } })
    const { page } = await member(stage, long)
    await isAtEnd(page)
    await scrollUp(page, 150)
    await page.locator('textarea').focus()
    await page.evaluate(() => {
      const seen: number[] = []
      Object.assign(window, { seen })
      new PerformanceObserver((list) => {
        for (const { name, duration } of list.getEntries()) if (name === 'keydown') seen.push(duration)
      }).observe({ type: 'event', durationThreshold: 16, buffered: false } as PerformanceObserverInit)
    })
    await page.keyboard.type('a sentence as people type it', { delay: 20 })
    assert.equal(await page.locator('textarea').inputValue(), 'a sentence as people type it')
    const slow = await page.evaluate(() => (window as unknown as { seen: number[] }).seen)
    t.diagnostic(`key presses of 16 ms or more: ${slow.length} of 28 (${slow.join(', ')})`)
  })
})

describe('the timeline on a screen', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has nothing for axe to find, and fits a phone (${colorScheme})`, async () => {
      await using long = await longRoom(300)
      await using stage = await openStage({ server: { database: long.database } })
      const ann = await stage.person('ann', { viewport: phone, colorScheme })
      await ann.do('POST', `/v1/rooms/${long.room}/join`)
      await ann.page.goto(`/r/${long.room}`)
      await isAtEnd(ann.page)
      await axe(ann.page)
      await fits(ann.page)
      await shot(ann.page, `timeline-phone-${colorScheme}`)
    })
  }
})
