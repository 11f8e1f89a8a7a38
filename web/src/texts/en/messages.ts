import { pluralOf } from '../plural.ts'

const plural = pluralOf('en')
/** British, as “Ann, Ben and 3 others” has no comma before its “and”. */
const list = new Intl.ListFormat('en-GB')

/** What is said in, on and about a message. */
export const messages = {
  deleted: 'This message was deleted',
  edited: 'edited',
  editedAt: (time: string) => `Edited ${time}`,
  showMore: 'Show more',
  showLess: 'Show less',
  taskDone: 'Done',
  taskOpen: 'To do',
  code: 'Code',
  copyCode: 'Copy code',
  opensElsewhere: 'opens in a new tab',
  // Actions
  actions: 'Message actions',
  addReaction: 'Add reaction',
  reactWith: (emoji: string) => `React with ${emoji}`,
  reply: 'Reply',
  more: 'More actions',
  edit: 'Edit',
  copyLink: 'Copy link',
  linkCopied: 'Link copied',
  copyText: 'Copy text',
  textCopied: 'Text copied',
  deleteTitle: 'Delete this message?',
  deleteOwn: 'It disappears for everyone in the room.',
  deleteOther: (name: string) => `The message of ${name} disappears for everyone in the room.`,
  // Reactions
  reactions: 'Reactions',
  reaction: (emoji: string, count: number, isOwn: boolean) =>
    `${emoji} ${plural(count, { one: '# reaction', other: '# reactions' })}${isOwn ? ', one of them yours' : ''}`,
  reactedBy: (emoji: string, names: readonly string[], isOwn: boolean, others: number) => {
    const rest = others === 0 ? [] : [plural(others, { one: '# other', other: '# others' })]
    return `${list.format([...(isOwn ? ['You'] : []), ...names, ...rest])} reacted with ${emoji}`
  },
  showReactors: 'Who reacted',
  whoReacted: (emoji: string) => `Who reacted with ${emoji}`,
  you: 'you',
  reactionLimit: (count: number) => `A message takes at most ${count} different reactions.`,
  // Emoji picker
  pickEmoji: 'Emoji',
  searchEmoji: 'Search emoji',
  noEmoji: (search: string) => `No emoji for “${search}”`,
  emojiUnavailable: 'The emoji cannot be loaded now.',
  recentEmoji: 'Recently used',
  skinTone: 'Skin tone',
  // Replies
  replyTo: (name: string) => `Answer to ${name}`,
  replyGone: 'The answered message cannot be shown',
  // Editor
  editLabel: 'Edit message',
  editHint: 'Enter saves, Escape cancels',
  editGone: 'This message was deleted in the meantime.',
  // On its way
  sending: 'Sending…',
  waiting: 'Will be sent when you are back online',
  notSent: 'Not sent.',
  discard: 'Discard',
}
