import { ParlanceError } from '@parlance/client/errors'

/** Whether the server did not take the password: who is asked for it alone has no name to look at. */
export function isWrongPassword(error: unknown): boolean {
  return error instanceof ParlanceError && error.code === 'bad_credentials'
}
