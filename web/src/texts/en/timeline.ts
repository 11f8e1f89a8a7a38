import { pluralOf } from '../plural.ts'

const plural = pluralOf('en')

/** The messages of a room as a list. */
export const timeline = {
  log: 'Messages',
  newHere: 'New',
  seen: 'Seen',
  jump: 'Jump',
  jumpToDate: 'Jump to date',
  jumpToLatest: 'Jump to latest',
  jumpToNew: 'Jump to new messages',
  markAsRead: 'Mark as read',
  noMessage: 'There is no such message in this room.',
  missing: 'That message is not here any more. This is the nearest one.',
  noneSince: 'There are no messages since that day.',
  emptyTitle: 'No messages yet',
  emptyHint: 'Say hello.',
  newMessages: (count: number) => plural(count, { one: '# new message', other: '# new messages' }),
  newSince: (count: number, since: string) =>
    plural(count, { one: `# new message since ${since}`, other: `# new messages since ${since}` }),
  manyNew: '999+ new messages',
  announced: (author: string, text: string) => `${author}: ${text}`,
  typing: (names: readonly string[]) => {
    if (names.length === 1) return `${names[0]} is typing…`
    if (names.length === 2) return `${names[0]} and ${names[1]} are typing…`
    return 'Several people are typing…'
  },
  beginning: (date: string) => `This room began on ${date}.`,
  directBeginning: (name: string) => `This is where your conversation with ${name} begins.`,
  whoMay: {
    open: 'It is open: guests may read and write here too.',
    public: 'It is public: every account may join.',
    private: 'It is private: people come in by invitation.',
  },
}
