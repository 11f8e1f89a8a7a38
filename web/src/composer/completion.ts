import type { User } from '@parlance/client/models'
import { findIn, searchKey } from '@parlance/client/search'
import { isMentionable } from '@parlance/client/text'
import { type NamedEmoji, rankEmoji } from '../emoji/rank-emoji.ts'

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

/**
 * The members that a mention may mean, the best first: whose name begins so, a word in it, or the inside; then who is
 * online.
 */
export function mentionSuggestions(
  query: string,
  members: Iterable<User>,
  online: ReadonlySet<number>,
): Suggestion[] {
  const isAll = searchKey(query) === ''
  const isAway = ({ id }: User) => (id !== null && online.has(id) ? 0 : 1)
  return [...members]
    .filter(({ kind, name }) => kind === 'user' && isMentionable(name))
    .map((user) => ({ user, rank: isAll ? 0 : findIn(query, user.name)?.rank }))
    .filter(({ rank }) => rank !== undefined)
    .sort(
      (a, b) =>
        (a.rank ?? 0) - (b.rank ?? 0) ||
        isAway(a.user) - isAway(b.user) ||
        a.user.name.localeCompare(b.user.name),
    )
    .slice(0, maxSuggestions)
    .map(({ user }) => ({ key: `${user.id}`, text: `@${user.name} `, label: user.name, user }))
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
