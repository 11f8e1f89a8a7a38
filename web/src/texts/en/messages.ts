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
  addReaction: 'Add reaction',
  linkCopied: 'Link copied',
  copyText: 'Copy text',
  textCopied: 'Text copied',
  reactions: 'Reactions',
  reaction: (emoji: string, count: number, isOwn: boolean) =>
    `${emoji} ${plural(count, { one: '# reaction', other: '# reactions' })}${isOwn ? ', one of them yours' : ''}`,
  reactedBy: (emoji: string, names: readonly string[], isOwn: boolean, others: number) => {
    const rest = others === 0 ? [] : [plural(others, { one: '# other', other: '# others' })]
    return `${list.format([...(isOwn ? ['You'] : []), ...names, ...rest])} reacted with ${emoji}`
  },
  reactionLimit: (count: number) => `A message takes at most ${count} different reactions.`,
  replyTo: (name: string) => `Answer to ${name}`,
  replyGone: 'The answered message cannot be shown',
  sending: 'Sending…',
  waiting: 'Will be sent when you are back online',
  notSent: 'Not sent.',
  discard: 'Discard',
}
