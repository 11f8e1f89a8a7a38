import { Writable } from 'node:stream'
import type { WebSocket } from 'ws'
import type { Batch } from '../../src/live/batch.ts'
import { Connection, nativeEndings } from '../../src/live/connection.ts'
import type { Dialect } from '../../src/live/dialect.ts'

/** Every item as JSON. */
export const plain: Dialect = { id: 'plain', followsUser: true, encode: (item) => JSON.stringify(item) }

/** The texts of the frames in these bytes (RFC 6455 §5.2, no mask). */
export function textsIn(bytes: Buffer): string[] {
  const texts: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const short = (bytes[at + 1] ?? 0) & 0x7f
    const header = short === 126 ? 4 : short === 127 ? 10 : 2
    const length = short === 126 ? bytes.readUInt16BE(at + 2) : short === 127 ? Number(bytes.readBigUInt64BE(at + 2)) : short
    texts.push(bytes.toString('utf8', at + header, at + header + length))
    at += header + length
  }
  return texts
}

/** A connection over a socket that keeps what is written to it; `writes` has one entry per write that left it. */
export function testConnection(batch: Batch, dialect: Dialect = plain) {
  const texts: string[] = []
  const writes: Buffer[] = []
  const take = (bytes: Buffer) => {
    writes.push(bytes)
    texts.push(...textsIn(bytes))
  }
  const socket = new Writable({
    write(bytes: Buffer, _encoding, done) {
      take(bytes)
      done()
    },
    writev(chunks, done) {
      take(Buffer.concat(chunks.map(({ chunk }) => chunk)))
      done()
    },
  })
  const closes: { code: number; reason: string }[] = []
  const ws = {
    close: (code: number, reason: string) => void closes.push({ code, reason }),
    ping() {
      pings += 1
    },
  }
  let pings = 0
  // biome-ignore lint/suspicious/noExplicitAny: a stand-in with the two methods that a connection calls.
  const connection = new Connection(ws as any as WebSocket, socket as any, dialect, nativeEndings, 'here', batch, 0)
  return { connection, texts, writes, closes, socket, pings: () => pings }
}
