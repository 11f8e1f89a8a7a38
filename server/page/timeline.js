/** @import { Frame } from './room-socket.js' */

/** Lines that stay on the page. */
const maxLines = 500
/** Pixels from the end within which the reader follows what comes. */
const followPx = 80

/** The log of the conversation. Everything in it is text, whatever it looks like. */
export class Timeline {
  /** @type {HTMLElement} */ #log

  /** @param {HTMLElement} log */
  constructor(log) {
    this.#log = log
  }

  /** @param {Frame} frame */
  add({ type, username, content, timestamp }) {
    if (type === 'message') this.#append('message', name(username), ' ', words(content), ' ', time(timestamp))
    else this.#append(type === 'error' ? 'error' : 'system', words(content), ' ', time(timestamp))
  }

  /** A line of the page's own. @param {string} text */
  note(text) {
    this.#append('system', text)
  }

  clear() {
    this.#log.replaceChildren()
  }

  /**
   * @param {string} kind
   * @param {(Node | string)[]} parts
   */
  #append(kind, ...parts) {
    const log = this.#log
    const follows = log.scrollHeight - log.scrollTop - log.clientHeight < followPx
    const line = document.createElement('p')
    line.className = kind
    line.append(...parts)
    log.append(line)
    while (log.childElementCount > maxLines) log.firstElementChild?.remove()
    if (follows) log.scrollTop = log.scrollHeight
  }
}

/** @param {string} text */
function name(text) {
  const element = document.createElement('b')
  element.dir = 'auto'
  element.textContent = text
  return element
}

/** Isolated, so that a text from right to left moves nothing but itself. @param {string} text */
function words(text) {
  const element = document.createElement('bdi')
  element.textContent = text
  return element
}

/** @param {string} timestamp */
function time(timestamp) {
  const element = document.createElement('time')
  const at = new Date(timestamp)
  element.dateTime = timestamp
  element.textContent = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
  return element
}
