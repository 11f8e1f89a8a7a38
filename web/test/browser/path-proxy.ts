import { createServer, type IncomingMessage, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'

/** A proxy that shows a server under a path, and takes the path away, or puts its own host in the place of the one asked for. */
export interface PathProxy extends AsyncDisposable {
  /** `http://127.0.0.1:1234/chat` */
  readonly url: string
  /** Where the server is, once it is known. */
  target: { readonly port: number } | undefined
}

export async function startPathProxy(path: string, { hidesHost = false } = {}): Promise<PathProxy> {
  const proxy = createServer((incoming, outgoing) => {
    const url = within(incoming)
    if (url === undefined) {
      outgoing.writeHead(404).end('Another site of this host.')
      return
    }
    const { method } = incoming
    const headers = { ...incoming.headers, ...(hidesHost && { host: 'parlance.internal' }) }
    const asked = request({ port: state.target?.port, path: url, method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(outgoing)
    })
    asked.on('error', () => outgoing.destroy())
    incoming.pipe(asked)
  })
  proxy.on('upgrade', (incoming: IncomingMessage, socket, head) => {
    const url = within(incoming)
    const port = state.target?.port
    if (url === undefined || port === undefined) {
      socket.destroy()
      return
    }
    const upstream = connect(port, '127.0.0.1')
    const raw = incoming.rawHeaders.map((text, index, all) =>
      hidesHost && all[index - 1]?.toLowerCase() === 'host' ? 'parlance.internal' : text,
    )
    const lines = raw.map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`))
    upstream.write(`GET ${url} HTTP/1.1\r\n${lines.join('')}\r\n`)
    upstream.write(head)
    upstream.pipe(socket).pipe(upstream)
    for (const side of [upstream, socket]) {
      side.on('error', () => {})
      side.on('close', () => [upstream, socket].forEach((one) => void one.destroy()))
    }
  })
  function within({ url = '/' }: IncomingMessage): string | undefined {
    return url === path || url.startsWith(`${path}/`) ? url.slice(path.length) || '/' : undefined
  }
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const state: PathProxy = {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${path}`,
    target: undefined,
    async [Symbol.asyncDispose]() {
      proxy.closeAllConnections()
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
  return state
}
