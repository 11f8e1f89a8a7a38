/**
 * What is known of the connection. `ended`: somebody ended the conversation.
 * @typedef {'connecting' | 'connected' | 'waiting' | 'ended'} State
 */

/** @typedef {{ type: string, username: string, content: string, timestamp: string }} Frame */

/** Milliseconds before the first new attempt, and at most. */
const firstDelayMs = 500
const maxDelayMs = 15_000
/** Milliseconds that a connection has to hold before the next loss counts as the first. */
const stableMs = 5_000

/** A named room over a WebSocket that comes back by itself until it is left. */
export class RoomSocket {
  /** @type {string} */ #url
  /** @type {(frame: Frame) => void} */ #onFrame
  /** @type {(state: State) => void} */ #onState
  /** @type {WebSocket | undefined} */ #socket
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer
  #attempts = 0
  #openedAt = 0

  /**
   * @param {{ room: string, name: string }} where
   * @param {(frame: Frame) => void} onFrame
   * @param {(state: State) => void} onState
   */
  constructor({ room, name }, onFrame, onState) {
    const url = new URL(`/ws/${encodeURIComponent(room)}`, location.href)
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
    url.searchParams.set('username', name)
    this.#url = url.href
    this.#onFrame = onFrame
    this.#onState = onState
    this.reconnect()
  }

  /** Connects now, whatever stands or was planned: after a loss, or when the network has changed. */
  reconnect() {
    this.#drop()
    this.#onState('connecting')
    const socket = new WebSocket(this.#url)
    this.#socket = socket
    socket.addEventListener('open', () => {
      this.#openedAt = performance.now()
      this.#onState('connected')
    })
    socket.addEventListener('message', ({ data }) => this.#onFrame(JSON.parse(data)))
    socket.addEventListener('close', ({ code }) => {
      if (socket === this.#socket) this.#lost(code)
    })
  }

  /** Whether the text was handed to a connection that stands. @param {string} content */
  say(content) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false
    this.#socket.send(JSON.stringify({ content }))
    return true
  }

  /** Closes for good. */
  leave() {
    this.#drop()
  }

  /** @param {number} code */
  #lost(code) {
    this.#socket = undefined
    if (code === 1000) {
      this.#onState('ended')
      return
    }
    if (this.#openedAt > 0 && performance.now() - this.#openedAt > stableMs) this.#attempts = 0
    this.#openedAt = 0
    const ceilingMs = Math.min(maxDelayMs, firstDelayMs * 2 ** this.#attempts)
    this.#attempts += 1
    // Spread, so that the clients of a server that restarts do not all come back at once.
    this.#timer = setTimeout(() => this.reconnect(), (ceilingMs * (1 + Math.random())) / 2)
    this.#onState('waiting')
  }

  #drop() {
    clearTimeout(this.#timer)
    const socket = this.#socket
    this.#socket = undefined
    socket?.close()
  }
}
