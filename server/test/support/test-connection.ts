import type { Batch } from '../../src/live/batch.ts'
import { Connection, nativeEndings } from '../../src/live/connection.ts'
import type { Dialect } from '../../src/live/dialect.ts'
import type { Wire } from '../../src/live/wire.ts'
import type { MonotonicMs } from '../../src/ports/clock.ts'

/** Every item as JSON. */
export const plain: Dialect = { id: 'plain', followsUser: true, encode: (item) => JSON.stringify(item) }

/** The texts of the frames in these bytes (RFC 6455 §5.2, no mask). */
function textsIn(bytes: Buffer): string[] {
  const texts: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const short = (bytes[at + 1] ?? 0) & 0x7f
    const header = short === 126 ? 4 : short === 127 ? 10 : 2
    const length =
      short === 126
        ? bytes.readUInt16BE(at + 2)
        : short === 127
          ? Number(bytes.readBigUInt64BE(at + 2))
          : short
    texts.push(bytes.toString('utf8', at + header, at + header + length))
    at += header + length
  }
  return texts
}

/** A connection over a wire that keeps what is written to it; `writes` has one entry per write that left it. */
export function testConnection(batch: Batch, dialect: Dialect = plain, nowMs = 0 as MonotonicMs) {
  const texts: string[] = []
  const writes: Buffer[] = []
  const closes: { readonly code: number; readonly reason: string }[] = []
  let corked: Buffer[] | undefined
  const state = { queuedBytes: 0, pings: 0 }
  const leave = (bytes: Buffer) => {
    writes.push(bytes)
    texts.push(...textsIn(bytes))
  }
  const wire: Wire = {
    get queuedBytes() {
      return state.queuedBytes
    },
    readBytes: 0,
    write(frames) {
      if (corked === undefined) leave(frames)
      else corked.push(frames)
    },
    cork() {
      corked = []
    },
    uncork() {
      leave(Buffer.concat(corked ?? []))
      corked = undefined
    },
    pause() {},
    resume() {},
    ping() {
      state.pings += 1
    },
    progress: () => new Promise((resolve) => setImmediate(resolve)),
    close: (code, reason) => void closes.push({ code, reason }),
    destroy() {},
  }
  const connection = new Connection(wire, dialect, nativeEndings, 'here', batch, nowMs)
  return { connection, texts, writes, closes, state }
}
