import assert from 'node:assert/strict'
import { once } from 'node:events'
import { ContractClient } from './contract-client.ts'

type Where = { readonly url: string }

const separator = '\u001e'

/** One Engine.IO session by polling, packet by packet: for what the official client would not send. */
export class PollingSession {
  readonly sid: string
  readonly #url: string
  readonly #packets: string[] = []

  private constructor(url: string, sid: string) {
    this.#url = url
    this.sid = sid
  }

  /** Opened, and connected to the namespace `/`. */
  static async open(server: Where): Promise<PollingSession> {
    const session = await PollingSession.handshake(server)
    assert.equal((await session.send('40')).status, 200)
    assert.match(await session.next(), /^40\{"sid":/)
    return session
  }

  static async handshake({ url }: Where): Promise<PollingSession> {
    const base = `${url}/socket.io/?EIO=4&transport=polling`
    const response = await fetch(base)
    const text = await response.text()
    assert.equal(response.status, 200, text)
    const { sid } = JSON.parse(text.slice(1))
    return new PollingSession(`${base}&sid=${encodeURIComponent(sid)}`, sid)
  }

  send(...packets: readonly string[]): Promise<Response> {
    return fetch(this.#url, { method: 'POST', body: packets.join(separator) })
  }

  poll(): Promise<Response> {
    return fetch(this.#url)
  }

  /** The next packet that is no ping. */
  async next(): Promise<string> {
    for (;;) {
      const packet = this.#packets.shift()
      if (packet === undefined) this.#packets.push(...(await (await this.poll()).text()).split(separator))
      else if (packet !== '2') return packet
    }
  }
}

/** One Engine.IO session by WebSocket, connected to the namespace `/`: frames are packets. */
export async function engineSocket(server: Where, connect = true): Promise<ContractClient> {
  const client = new ContractClient(server, '/socket.io/?EIO=4&transport=websocket')
  await once(client.socket, 'open')
  assert.match(await client.nextText(), /^0\{"sid":/)
  if (connect) {
    client.send('40')
    assert.match(await client.nextText(), /^40\{"sid":/)
  }
  return client
}

/** An event as the official client sends it. */
export function eventPacket(name: unknown, data: unknown, ack: number | '' = ''): string {
  return `42${ack}${JSON.stringify([name, data])}`
}
