import { pluralOf } from '../plural.ts'

const plural = pluralOf('en')

/** What went wrong, by the code of a `ParlanceError`; `failed` for those that have no sentence of their own. */
export const errors = {
  bad_credentials: 'The name or the password is wrong.',
  session_ended: 'Your session has ended. Please log in again.',
  unauthenticated: 'Please log in again.',
  signed_out: 'Please log in again.',
  bad_origin: (origin: string) =>
    `This server does not accept requests from ${origin}. Whoever runs it finds the reason in its log.`,
  forbidden: 'Your role does not allow this.',
  not_a_member: 'You are not a member of this room.',
  banned: 'You are banned from this room.',
  muted: 'You are muted in this room.',
  limit_reached: 'A limit of this server is reached.',
  not_found: 'This does not exist, or you may not see it.',
  name_taken: 'This name is taken.',
  email_taken: 'This e-mail address is taken.',
  archived: 'This room is archived: it can be read, not changed.',
  last_owner: 'A room keeps at least one owner. Make somebody else an owner first.',
  too_large: 'This is too long.',
  rate_limited: 'Too much at once.',
  offline: 'The server cannot be reached.',
  connection_lost: 'The connection broke. It may have worked: look before you try again.',
  unavailable: 'The server cannot do this now.',
  internal: 'The server failed.',
  bad_request: 'The server does not accept this.',
  failed: 'That did not work.',
  retryIn: {
    second: (count: number) =>
      plural(count, { one: 'Try again in # second.', other: 'Try again in # seconds.' }),
    minute: (count: number) =>
      plural(count, { one: 'Try again in # minute.', other: 'Try again in # minutes.' }),
    hour: (count: number) => plural(count, { one: 'Try again in # hour.', other: 'Try again in # hours.' }),
    day: (count: number) => plural(count, { one: 'Try again in # day.', other: 'Try again in # days.' }),
  },
}
