import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseText } from '@parlance/protocol/text/parse-text'
import { markup } from './markup.ts'

test('[MK6] a link that runs or hides something is text', () => {
  for (const href of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'javascript&#58;alert(1)',
    '&#106;avascript:alert(1)',
    'javascript&colon;alert(1)',
    'java\tscript:alert(1)',
    '\u0001javascript:alert(1)',
    'jav\u200bascript:alert(1)',
    '%6Aavascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https//a.example/1',
    'intent://a#Intent;end',
    '//a.example',
    '/settings',
    '#',
    '',
  ])
    for (const written of [`[a](${href})`, `[a](<${href}>)`, `![a](${href})`, `<${href}>`])
      assert.equal(markup(parseText(written)), written)
})

test('[MK6] HTML is text, whole', () => {
  for (const html of [
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '<a href="javascript:alert(1)">a</a>',
    '<!-- hidden -->',
    '<svg/onload=alert(1)>',
    'a <b>c</b>',
  ])
    assert.deepEqual(parseText(html), [{ kind: 'paragraph', children: [{ kind: 'text', text: html }] }])
})

test('[MK6] characters that turn the direction are shown nowhere', () => {
  const typed =
    'a\u202eb\u2067c `d\u202e` **\u2066e**\n```t\u202es\nf\u202e\n```\n- g\u202d\n\n|h\u202a|\n|-|'
  assert.doesNotMatch(JSON.stringify(parseText(typed)), /[\u202a-\u202e\u2066-\u2069]/)
  assert.equal(
    markup(parseText('https://a.example/\u202eb')),
    '<a https://a.example/>https://a.example/</a>b',
  )
})

test('[MK6] an address ends where a sentence goes on', () => {
  const address = 'https://a.example/b'
  const link = `<a ${address}>${address}</a>`
  for (const end of [
    ...'.,;:!?\'"，。、；：！？（）「」『』【】《》〈〉…“”‘’»)]}>',
    '...',
    '?!',
    ').',
    '**',
    ' ',
  ])
    assert.equal(
      markup(parseText(address + end)),
      end === '**' ? `<a ${address}**>${address}**</a>` : link + end,
    )
  for (const begin of [...'("\'“‘«（「【《<>=:,;|*_~', '看', '→', '👍', '- a '])
    assert.ok(
      markup(parseText(begin + address)).endsWith(`${link}${begin === '- a ' ? '</li></ul>' : ''}`),
      begin,
    )
  for (const more of [
    '_',
    '*',
    '~',
    '/',
    '&',
    '=',
    '#',
    '-',
    '+',
    '$',
    '%',
    '@',
    '(c)',
    '(c_(d))',
    '[e]',
    '{f}',
    '·g',
    '–h',
  ])
    assert.equal(markup(parseText(address + more)), `<a ${address}${more}>${address}${more}</a>`)
})

test('[MK6] an address of mail is what stands around its @, without what a sentence has there', () => {
  const mail = "<a mailto:ann.o'neil+x_y@b-c.example>ann.o'neil+x_y@b-c.example</a>"
  const address = "ann.o'neil+x_y@b-c.example"
  for (const begin of ['', ' ', '(', "'", '"', '=', '/', 'key=', ':', '<', '，', '给', '|', '...', '%'])
    assert.equal(markup(parseText(begin + address)), begin + mail, begin)
  for (const end of ['.', ',', ')', "'", '"', '>', ';', ':', '!', '?', '…', '，', '。', '好', '/a', '-', '_'])
    assert.equal(markup(parseText(address + end)), mail + end, end)
  for (const none of [
    'a@b',
    '@b.example',
    'a..b@c.example',
    'a@b.c',
    'a@b.7z',
    'a@b.example@c.example',
    'a@-b.example',
    'a@',
  ])
    assert.doesNotMatch(markup(parseText(none)), /<a/, none)
})

test('[MK6] what only looks like an address is text', () => {
  for (const none of [
    'https://',
    'http://.',
    'https:// a.example',
    'https:/a.example',
    'www.',
    'www',
    'www.a',
    'ahttps://b.example',
    'awww.b.example',
    'https://%',
    'https://=',
    'ftp://a.example',
    '//a.example',
    'a.example',
    'http://[',
    'x-www.b.example',
  ])
    assert.doesNotMatch(markup(parseText(none)), /<a/, none)
})
