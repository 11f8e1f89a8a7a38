import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { protocolLimits } from '@parlance/protocol/limits'
import fc from 'fast-check'
import * as ws from 'ws'
import { FrameReader } from '../../src/doors/frame-reader.ts'

/** The declarations leave it out. */
const Receiver: new (options: object) => NodeJS.WritableStream = Reflect.get(ws, 'Receiver')

/** What was heard, one line each. */
type Heard = readonly (string | number | undefined)[]

/** A frame before it is masked; what is not plain about it is wrong. */
interface Plan {
  readonly first: number
  readonly masked: boolean
  /** Bytes beyond the header's two that its length takes, at least. */
  readonly width: 0 | 2 | 8
  readonly payload: Buffer
}

function bytesOf({ first, masked, width, payload }: Plan): Buffer {
  const { length } = payload
  const wide = Math.max(width, length < 126 ? 0 : length < 65_536 ? 2 : 8)
  const head = Buffer.alloc(2 + wide)
  head[0] = first
  head[1] = (masked ? 0x80 : 0) | (wide === 0 ? length : wide === 2 ? 126 : 127)
  if (wide === 2) head.writeUInt16BE(length, 2)
  if (wide === 8) head.writeBigUInt64BE(BigInt(length), 2)
  if (!masked) return Buffer.concat([head, payload])
  const mask = Buffer.from([0x37, 0xfa, 0x21, 0x3d])
  return Buffer.concat([head, mask, payload.map((byte, i) => byte ^ (mask[i % 4] ?? 0))])
}

/** The same bytes in pieces of these lengths, over and over; as one where there are none. */
function cut(bytes: Buffer, lengths: readonly number[]): Buffer[] {
  if (lengths.length === 0) return [Buffer.from(bytes)]
  const chunks: Buffer[] = []
  for (let at = 0, i = 0; at < bytes.length; i += 1) {
    const length = lengths[i % lengths.length] ?? 1
    chunks.push(Buffer.from(bytes.subarray(at, at + length)))
    at += length
  }
  return chunks
}

function heardByUs(chunks: readonly Buffer[]): Heard[] {
  const heard: Heard[] = []
  const reader = new FrameReader({
    text: (text) => heard.push(['text', text]),
    binary: () => heard.push(['binary']),
    ping: (payload) => heard.push(['ping', payload.toString('hex')]),
    pong: () => heard.push(['pong']),
    bye: (code, reason) => heard.push(['bye', code, reason]),
    broken: (code) => heard.push(['broken', code]),
  })
  for (const chunk of chunks) reader.read(chunk)
  return heard
}

async function heardByWs(chunks: readonly Buffer[]): Promise<Heard[]> {
  const heard: Heard[] = []
  const { frameBytes: maxPayload, fragments: maxFragments } = protocolLimits
  const options = { isServer: true, maxPayload, maxFragments }
  const receiver = new Receiver(options)
  receiver.on('message', (data: Buffer, isBinary: boolean) =>
    heard.push(isBinary ? ['binary'] : ['text', data.toString()]),
  )
  receiver.on('ping', (payload: Buffer) => heard.push(['ping', payload.toString('hex')]))
  receiver.on('pong', () => heard.push(['pong']))
  receiver.on('conclude', (code: number, reason: Buffer) =>
    heard.push(['bye', code === 1005 ? undefined : code, reason.toString()]),
  )
  const over = once(receiver, 'finish').catch((error) => {
    const symbol = Object.getOwnPropertySymbols(error).find(
      ({ description }) => description === 'status-code',
    )
    heard.push(['broken', error[symbol!]])
  })
  for (const chunk of chunks)
    if (!('writableEnded' in receiver && receiver.writableEnded)) receiver.write(chunk)
  receiver.end()
  await over
  return heard
}

const [text, binary, continuation, close, ping, pong] = [0x1, 0x2, 0x0, 0x8, 0x9, 0xa]
const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }).map((string) => Buffer.from(string)),
  fc.string({ unit: 'grapheme-ascii', maxLength: 200 }).map((string) => Buffer.from(string)),
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)) },
  fc.integer({ min: 65_530, max: 65_540 }).map((length) => Buffer.alloc(length, 'long')),
)
const width = fc.constantFrom<Plan['width']>(0, 0, 0, 2, 8)
const sound = { masked: fc.constant(true), width: fc.constant<0>(0) }
const small = fc.uint8Array({ maxLength: 125 }).map((bytes) => Buffer.from(bytes))
const reason = fc
  .tuple(fc.constantFrom(999, 1000, 1001, 1004, 1005, 1006, 1014, 1015, 2999, 3000, 4999, 5000), word)
  .map(([code, why]) => Buffer.concat([Buffer.from([code >> 8, code & 0xff]), why.subarray(0, 123)]))

/** A message whole or in fragments, whose pieces may break characters, with pings between them. */
const message = fc
  .tuple(
    fc.constantFrom(text, text, text, binary),
    fc.array(word, { maxLength: 3 }).map((words) => Buffer.concat(words)),
    fc.array(fc.nat({ max: 300 }), { maxLength: 5 }),
    fc.boolean(),
  )
  .map(([opcode, whole, lengths, pinged]) => {
    const pieces: Buffer[] = []
    let at = 0
    for (const length of lengths) {
      pieces.push(whole.subarray(at, at + length))
      at += length
    }
    pieces.push(whole.subarray(at))
    return pieces.flatMap((payload, i): Plan[] => {
      const isLast = i === pieces.length - 1
      const plain = { masked: true, width: 0 } as const
      const piece = { ...plain, first: (isLast ? 0x80 : 0) | (i === 0 ? opcode : continuation), payload }
      return pinged ? [piece, { ...plain, first: 0x80 | ping, payload: Buffer.from('still?') }] : [piece]
    })
  })
const control = fc
  .record({ first: fc.constantFrom(0x80 | ping, 0x80 | pong), payload: small, ...sound })
  .map((plan) => [plan])
const goodbye = fc
  .record({ first: fc.constant(0x80 | close), payload: fc.oneof(reason, fc.constant(Buffer.of())), ...sound })
  .map((plan) => [plan])
const anything = fc
  .record({ first: fc.integer({ min: 0, max: 255 }), masked: fc.boolean(), width, payload: word })
  .map((plan) => [plan])
const frames = fc
  .array(
    fc.oneof(
      { weight: 12, arbitrary: message },
      { weight: 4, arbitrary: control },
      { weight: 1, arbitrary: goodbye },
      { weight: 1, arbitrary: anything },
    ),
    { maxLength: 12 },
  )
  .map((groups) => Buffer.concat(groups.flat().map(bytesOf)))

test('[CO5] frames are heard as `ws` hears them: texts, limits, faults, closes, wherever the bytes are cut', async () => {
  const kinds = new Set<string>()
  await fc.assert(
    fc.asyncProperty(
      frames,
      fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 5_000 })), {
        maxLength: 4,
      }),
      async (bytes, lengths) => {
        const heard = heardByUs(cut(bytes, lengths))
        assert.deepEqual(heard, await heardByWs(cut(bytes, lengths)))
        for (const [kind, what] of heard) kinds.add(kind === 'broken' ? `broken ${what}` : String(kind))
      },
    ),
    { numRuns: 1_000, seed: 6_455 },
  )
  const expected = ['text', 'binary', 'ping', 'pong', 'bye', 'broken 1002', 'broken 1007', 'broken 1009']
  for (const kind of expected) assert.ok(kinds.has(kind), `never heard: ${kind}`)
})

test('[CO5] 64 fragments are a message, one more is too many', async () => {
  for (const count of [protocolLimits.fragments, protocolLimits.fragments + 1]) {
    const plans = Array.from({ length: count }, (_, i): Plan => {
      const first = (i === count - 1 ? 0x80 : 0) | (i === 0 ? text : continuation)
      return { first, masked: true, width: 0, payload: Buffer.from(i % 2 ? 'a' : '') }
    })
    const bytes = Buffer.concat(plans.map(bytesOf))
    const heard = heardByUs(cut(bytes, [3]))
    assert.deepEqual(
      heard,
      count > protocolLimits.fragments ? [['broken', 1008]] : [['text', 'a'.repeat(32)]],
    )
    assert.deepEqual(heard, await heardByWs(cut(bytes, [])).then((lines) => lines.slice(0, 1)))
  }
})

test('[CO5] a length beyond what a number can hold is too much', () => {
  const head = Buffer.concat([Buffer.from([0x81, 0xff]), Buffer.alloc(8, 0xff)])
  assert.deepEqual(heardByUs([head]), [['broken', 1009]])
})
