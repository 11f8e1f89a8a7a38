import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import * as ws from 'ws'
import { textFrames } from '../../src/live/frame.ts'

/** The declarations of `ws` leave its receiver out. */
interface Receiver {
  write(bytes: Buffer): boolean
  on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): void
  on(event: 'error', listener: (error: Error) => void): void
}
const { Receiver: makeReceiver } = ws as unknown as {
  Receiver: new (options: { isServer: boolean; allowSynchronousEvents: boolean }) => Receiver
}

/** What the receiver of `ws` reads out of these bytes, given to it in pieces of this length. */
function received(bytes: Buffer, pieceLength: number): string[] {
  const texts: string[] = []
  const receiver = new makeReceiver({ isServer: false, allowSynchronousEvents: true })
  receiver.on('error', (error) => assert.fail(error))
  receiver.on('message', (data, isBinary) => {
    assert.equal(isBinary, false)
    texts.push(data.toString())
  })
  for (let at = 0; at < bytes.length; at += pieceLength) receiver.write(bytes.subarray(at, at + pieceLength))
  return texts
}

const lengths = [0, 1, 125, 126, 127, 65_535, 65_536, 65_537]

test('[CO10] frames of every length of header are read by `ws` as they were meant, alone and together', () => {
  const texts = lengths.map((length) => 'x'.repeat(length))
  for (const text of texts) assert.deepEqual(received(textFrames([text]), 1_000_000), [text])
  assert.deepEqual(received(textFrames(texts), 1_000_000), texts)
  assert.deepEqual(received(textFrames(texts), 4_099), texts)
})

test('[CO10] a length is that of the bytes: text of several bytes per character stays whole', () => {
  for (const character of ['ä', '字', '👍🏽']) {
    const size = Buffer.byteLength(character)
    for (const length of lengths) {
      const text = character.repeat(Math.ceil(length / size))
      assert.deepEqual(received(textFrames([text, 'after']), 1_000_000), [text, 'after'])
    }
  }
})

test('[CO10] any texts, in pieces of any length', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 300 }), { maxLength: 20 }),
      fc.integer({ min: 1, max: 500 }),
      (texts, pieceLength) => assert.deepEqual(received(textFrames(texts), pieceLength), texts),
    ),
  )
})
