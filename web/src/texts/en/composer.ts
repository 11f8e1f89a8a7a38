import { pluralOf } from '../plural.ts'

const plural = pluralOf('en')

/** What is said where messages are written. */
export const composer = {
  label: (room: string) => `Message to ${room}`,
  placeholder: (room: string) => `Message ${room}`,
  send: 'Send',
  emoji: 'Insert emoji',
  left: (count: number) => plural(count, { one: '# character left', other: '# characters left' }),
  over: (count: number) => plural(count, { one: '# character too many', other: '# characters too many' }),
  replyingTo: (name: string) => `Replying to ${name}`,
  cancelReply: 'Cancel reply',
  notifyReplied: (name: string) => `Notify ${name} of this reply`,
  notifyOn: 'On',
  notifyOff: 'Off',
  absent: (name: string) => `@${name} is not in this room and will not be notified.`,
  inviteAbsent: (name: string) => `Invite ${name}`,
  suggestions: 'Suggestions',
  draft: 'Draft',
  archived: 'This room is archived. Nobody writes here any more.',
  mutedUntil: (time: string) => `You are muted in this room until ${time}.`,
  gone: 'You are no longer a member of this room.',
  guestsOut: 'This room is not open to guests any more.',
}
