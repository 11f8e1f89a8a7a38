import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textFrames } from '../../server/src/live/frame.ts'
import { FrameReader } from '../load/frame-reader.ts'

test('frames are found wherever they are cut', () => {
  const texts = ['', 'a', 'b'.repeat(125), 'c'.repeat(126), 'd'.repeat(70_000), 'e']
  const bytes = textFrames(texts)
  for (const pieceLength of [1, 2, 3, 7, 128, 4_096, 65_536, bytes.length]) {
    const found: string[] = []
    const reader = new FrameReader((opcode, chunk, start, length) => {
      assert.equal(opcode, 1)
      found.push(chunk.toString('latin1', start, start + length))
    })
    for (let at = 0; at < bytes.length; at += pieceLength) {
      const piece = bytes.subarray(at, at + pieceLength)
      reader.feed(piece, piece.length)
    }
    assert.deepEqual(found, texts, `in pieces of ${pieceLength}`)
  }
})
