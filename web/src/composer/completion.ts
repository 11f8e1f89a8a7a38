import type { User } from '@parlance/client/models'
import { type NamedEmoji, rankEmoji } from '../emoji/rank-emoji.ts'
import { isMentionable } from '../message/markdown/mentions.ts'

/** One way to complete it. */
export interface Suggestion {
  readonly key: string
  /** What is written. */
  readonly text: string
  readonly label: string
  readonly emoji?: string
  readonly user?: User
}

const maxSuggestions = 8

/** The members that a mention may mean, the best first: whose name begins so, who is online. */
export function mentionSuggestions(
  query: string,
  members: Iterable<User>,
  online: ReadonlySet<number>,
): Suggestion[] {
  const wanted = query.normalize('NFC').toLowerCase()
  const rank = ({ id, name }: User) =>
    (name.toLowerCase().startsWith(wanted) ? 0 : 2) + (id !== null && online.has(id) ? 0 : 1)
  return [...members]
    .filter(({ kind, name }) => kind === 'user' && isMatch(name.toLowerCase(), wanted) && isMentionable(name))
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
    .slice(0, maxSuggestions)
    .map((user) => ({ key: `${user.id}`, text: `@${user.name} `, label: user.name, user }))
}

/** Whether a name, or a word in it, begins so. */
function isMatch(name: string, wanted: string): boolean {
  return name.startsWith(wanted) || name.split(/[._-]/).some((word) => word.startsWith(wanted))
}

/** The emoji that a word may mean, the best first. */
export function emojiSuggestions(
  query: string,
  all: readonly NamedEmoji[],
  recent: readonly string[] = [],
): Suggestion[] {
  return rankEmoji(query, all, recent)
    .slice(0, maxSuggestions)
    .map(({ emoji, label }) => ({ key: emoji, text: `${emoji} `, label, emoji }))
}
