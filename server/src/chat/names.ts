import { type Failure, failure } from '@parlance/protocol/errors'
import { hasForbidden, hasVisible, isReservedName, isUserName } from '@parlance/protocol/names'

/** Why no native account or guest may be called so; undefined where one may. */
export function checkUserName(name: string): Failure | undefined {
  if (!isUserName(name)) {
    return failure(
      'bad_request',
      'A name is made of letters and digits, with dots, dashes and underscores inside.',
    )
  }
  if (isReservedName(name)) return failure('bad_request', 'This name is reserved.')
  return undefined
}

/** A guest who was gone so long that its name is another's (SPEC AC24). */
export function nameGone(): Failure {
  return failure('name_taken', 'Somebody else has your name by now. Enter under another one.')
}

/** Why no room may be called so; undefined where one may. */
export function checkRoomName(name: string): Failure | undefined {
  if (name === '') return failure('bad_request', 'A room needs a name.')
  const reason = nameFault(name)
  return reason === undefined ? undefined : failure('bad_request', `A ${reason.slice(2)}.`)
}

/** Why nobody and nothing may be called so, whoever is looser otherwise (SPEC AC22); undefined where one may. */
export function nameFault(name: string): string | undefined {
  if (name === '') return 'a name is not empty'
  if (!hasVisible(name)) return 'a name shows something'
  if (/\p{Cc}/u.test(name)) return 'a name holds no control characters'
  return hasForbidden(name) ? 'a name is one line of characters that can be shown' : undefined
}
