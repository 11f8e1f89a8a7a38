import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type DraftNews, draftBox, draftRoom, isSameText } from '../../src/composer/draft-box.ts'

const room = draftRoom(1, 7)

/** A browser with tabs, of which each has a field in the room until it is closed. */
function browser() {
  const kept = new Map<string, string>()
  const tabs = new Set<{ hear(news: DraftNews): void }>()
  let nowMs = 0
  const open = (tab: string) => {
    nowMs += 1
    const box = draftBox({
      tab,
      nowMs: () => nowMs,
      tell: (news) => {
        for (const other of tabs) if (other !== self) other.hear(news)
      },
      storage: {
        keys: () => [...kept.keys()],
        get: (key) => kept.get(key) ?? null,
        set: (key, value) => void kept.set(key, value),
        remove: (key) => void kept.delete(key),
      },
    })
    let text = ''
    const keep = () => void box.keep(room, { text, replyTo: null })
    const self = {
      get text() {
        return text
      },
      hear(news: DraftNews) {
        if (news.room !== room) return
        if (news.kind === 'sent' && isSameText(text, news.text)) text = ''
        keep()
      },
      type(more: string) {
        nowMs += 1
        text = more
        keep()
      },
      send() {
        box.sent(room, text)
        text = ''
        keep()
      },
      /** Its name goes on in a reload only. */
      close() {
        keep()
        tabs.delete(self)
      },
    }
    tabs.add(self)
    text = box.take(room)?.text ?? ''
    return self
  }
  return { open, kept, texts: () => [...kept.values()].map((value) => JSON.parse(value).text).sort() }
}

test('two tabs have two drafts, each over its own reload', () => {
  const { open, texts } = browser()
  const [a, b] = [open('a'), open('b')]
  a.type('from a')
  b.type('from b')
  a.type('from a, longer')
  assert.deepEqual(texts(), ['from a, longer', 'from b'])
  a.close()
  b.close()
  assert.equal(open('b').text, 'from b')
  assert.equal(open('a').text, 'from a, longer')
})

test('a tab without a draft goes on with the one kept last, and the one it is from keeps what is in its field', () => {
  const { open, texts } = browser()
  const a = open('a')
  a.type('begun')
  const b = open('b')
  assert.equal(b.text, 'begun')
  b.type('begun, and more')
  assert.equal(a.text, 'begun')
  assert.deepEqual(texts(), ['begun', 'begun, and more'])
  a.close()
  b.close()
  const c = open('c')
  assert.equal(c.text, 'begun, and more')
  assert.deepEqual(texts(), ['begun', 'begun, and more'], 'what nobody has open is still there')
})

test('[MS16] sending clears the text that was sent, wherever it stands, and no other', () => {
  const { open, texts } = browser()
  const [a, b, c] = [open('a'), open('b'), open('c')]
  a.type('same ')
  b.type('same')
  c.type('another')
  a.send()
  assert.deepEqual([a.text, b.text, c.text], ['', '', 'another'])
  assert.deepEqual(texts(), ['another'])
})

test('a draft that was kept by an older app, without a tab, is taken up', () => {
  const { open, kept } = browser()
  kept.set('parlance.draft.1.7', '{"text":"old","replyTo":null}')
  kept.set('parlance.draft.1.77', '{"text":"elsewhere","replyTo":null}')
  const a = open('a')
  assert.equal(a.text, 'old')
  assert.deepEqual([...kept.keys()].sort(), ['parlance.draft.1.7.a', 'parlance.draft.1.77'])
})

test('the rooms with drafts, and that all are forgotten', () => {
  const { kept } = browser()
  const box = draftBox({
    tab: 't',
    nowMs: () => 0,
    tell: () => {},
    storage: {
      keys: () => [...kept.keys()],
      get: (key) => kept.get(key) ?? null,
      set: (key, value) => void kept.set(key, value),
      remove: (key) => void kept.delete(key),
    },
  })
  kept.set('something.else', 'x')
  kept.set('parlance.draft.1.9.other', 'no draft')
  box.keep(draftRoom(1, 7), { text: 'a', replyTo: 3, notifyReplied: false })
  assert.equal(box.keep(draftRoom(1, 7), { text: 'a', replyTo: 3, notifyReplied: false }), false)
  assert.equal(box.keep(draftRoom(1, 8), { text: '  ', replyTo: 3 }), false)
  assert.deepEqual([...box.rooms()], ['1.7'])
  assert.deepEqual(box.take('1.7'), { text: 'a', replyTo: 3, notifyReplied: false, atMs: 0 })
  box.forget()
  assert.deepEqual([...kept.keys()], ['something.else'])
})

test('whatever tabs do, a text that was typed stands in one or is kept until it is changed there or sent', () => {
  const act = fc.record({
    kind: fc.constantFrom('type', 'type', 'type', 'send', 'reload', 'another'),
    tab: fc.nat({ max: 2 }),
    text: fc.constantFrom('x', 'y', 'z', 'w'),
  })
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
      const { open, texts } = browser()
      const names = ['a', 'b', 'c']
      const tabs = names.map(open)
      for (const taken of acts) {
        const { kind, tab, text } = taken
        const one = tabs[tab]
        if (one === undefined) continue
        const before = new Set([...texts(), ...tabs.map((each) => each.text)].filter((each) => each !== ''))
        const own = one.text
        if (kind === 'type') one.type(text)
        else if (kind === 'send') one.send()
        else {
          one.close()
          if (kind === 'another') names[tab] = `n${acts.indexOf(taken)}`
          tabs[tab] = open(names[tab] ?? '')
        }
        const after = new Set([...texts(), ...tabs.map((each) => each.text)])
        const mayGo = kind === 'type' || kind === 'send' ? own : ''
        for (const each of before) if (each !== mayGo) assert.ok(after.has(each), `${kind}: ${each} is lost`)
        if (kind === 'send' && own !== '') assert.equal(after.has(own), false)
      }
    }),
  )
})
