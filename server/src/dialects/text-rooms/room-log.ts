import type { Logger } from 'pino'

/** Characters of a message that a log line shows. */
const shownLength = 200

/** The lines that named rooms write to the log, letter by letter (contracts.md §1). Guests choose the room's name. */
export const roomLog = {
  connected(log: Logger, room: string, total: number): void {
    log.info(`Client connected to room ${visible(room)}. Total clients: ${total}`)
  },

  /** On the path of every message: costs nothing where the level is off. */
  received(log: Logger, room: string, text: string): void {
    if (log.isLevelEnabled('info')) log.info(`Received message in room ${visible(room)}: ${shown(text)}`)
  },

  ended(log: Logger, room: string): void {
    log.info(`Conversation ended by a participant in room ${visible(room)}.`)
    log.info(`Room ${visible(room)} closed and removed.`)
  },

  /** `left`: how many clients stay. */
  disconnected(log: Logger, room: string, left: number): void {
    log.info(`Client disconnected from room ${visible(room)}.`)
    if (left === 0) log.info(`Room ${visible(room)} removed after last client left.`)
  },
} as const

/** Escaped, then cut. What is shown comes from twice as many code units at most. */
function shown(text: string): string {
  return [...visible(text.slice(0, shownLength * 2))].slice(0, shownLength).join('')
}

/** Nothing that could forge a line or turn its direction, in either format of the log. */
function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
