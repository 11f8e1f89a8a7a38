/** What a socket tells; which of the fields, depends on the type. */
interface SocketEvent {
  readonly type: string
  readonly data?: unknown
  readonly code?: number
  readonly reason?: string
}

/** As much of a WebSocket as is used. */
export interface Socket {
  send(text: string): void
  close(code?: number, reason?: string): void
  addEventListener(type: 'open' | 'message' | 'close' | 'error', listener: (event: SocketEvent) => void): void
}

export type SocketConstructor = new (url: string, protocol: string) => Socket

interface Line {
  opened(): void
  received(data: unknown): void
  closed(code: number, reason: string): void
}

/** The code of a close that never came (RFC 6455 §7.1.5). */
const abnormal = 1006

/** Opens a socket. Nothing is told after `closed`, nor after it was dropped. */
export function openSocket(Constructor: SocketConstructor, url: string, protocol: string, line: Line) {
  const socket = new Constructor(url, protocol)
  let isOver = false
  const end = (code: number, reason: string) => {
    if (isOver) return
    isOver = true
    line.closed(code, reason)
  }
  socket.addEventListener('open', () => {
    if (!isOver) line.opened()
  })
  socket.addEventListener('message', ({ data }) => {
    if (!isOver) line.received(data)
  })
  socket.addEventListener('close', ({ code, reason }) => end(code ?? abnormal, reason ?? ''))
  socket.addEventListener('error', () => end(abnormal, ''))
  return {
    send: (text: string) => {
      if (!isOver) socket.send(text)
    },
    /** Closes it without waiting for the other side, which may be long gone. */
    drop: (code: number) => {
      isOver = true
      socket.close(code)
    },
  }
}
