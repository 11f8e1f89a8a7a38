import { type Failure, failure } from '@parlance/protocol/errors'

const reserved = new Set(['system', 'server', 'guest', 'deleted user'])

/** Whether the server speaks by this name. */
export function isReserved(name: string): boolean {
  return reserved.has(name.toLowerCase())
}

/** The form in which a name is stored and compared: Unicode NFC, trimmed. */
export function normalizeName(name: string): string {
  return name.normalize('NFC').trim()
}

/** A native account's or guest's name: letters, digits, `.`, `_` and `-` inside, so that `@name` mentions it. */
export function checkUserName(name: string): Failure | undefined {
  if (!/^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._-]*[\p{L}\p{M}\p{N}])?$/u.test(name)) {
    return failure(
      'bad_request',
      'A name is made of letters and digits, with dots, dashes and underscores inside.',
    )
  }
  if (isReserved(name)) return failure('bad_request', 'This name is reserved.')
  return undefined
}

/** A room's name: anything that shows, on one line. */
export function checkRoomName(name: string): Failure | undefined {
  if (name === '') return failure('bad_request', 'A room needs a name.')
  if (/\p{Cc}/u.test(name)) return failure('bad_request', 'A name holds no control characters.')
  return undefined
}
