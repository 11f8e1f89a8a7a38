import type { User } from '@parlance/client/models'
import { isMentionable } from '../message/markdown/mentions.ts'

/** What is being typed that can be completed: `@an` or `:smi`. */
export interface Trigger {
  readonly kind: 'mention' | 'emoji'
  readonly query: string
  /** Where it begins in the text, with its `@` or `:`. */
  readonly from: number
  /** Where it ends: at the cursor. */
  readonly to: number
}

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
/** Nothing that can be completed is longer. */
const maxLookBehind = 66
const mention = /(?:^|[^\p{L}\p{M}\p{N}._-])@([\p{L}\p{M}\p{N}._-]*)$/u
const emoji = /(?:^|[^\p{L}\p{N}:])::?([\p{L}\p{N}][\p{L}\p{N}_+-]+|\+1|-1)$/u

/** What stands before the cursor that can be completed. */
export function triggerAt(text: string, caret: number): Trigger | undefined {
  const before = text.slice(Math.max(0, caret - maxLookBehind), caret)
  for (const [kind, pattern] of [
    ['mention', mention],
    ['emoji', emoji],
  ] as const) {
    const query = pattern.exec(before)?.[1]
    if (query !== undefined) return { kind, query, from: caret - query.length - 1, to: caret }
  }
  return undefined
}

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

interface NamedEmoji {
  readonly emoji: string
  readonly label: string
  readonly tags: readonly string[]
}

/** The emoji that a word may mean, the best first. */
export function emojiSuggestions(query: string, all: readonly NamedEmoji[]): Suggestion[] {
  const wanted = query.toLowerCase().replaceAll('_', ' ')
  const rank = ({ label, tags }: NamedEmoji) => {
    const name = label.toLowerCase()
    if (name === wanted || tags.includes(wanted)) return 0
    if (name.startsWith(wanted)) return 1
    if (tags.some((tag) => tag.startsWith(wanted))) return 2
    return name.split(' ').some((word) => word.startsWith(wanted)) ? 3 : 4
  }
  return all
    .map((one) => ({ one, at: rank(one) }))
    .filter(({ at }) => at < 4)
    .sort((a, b) => a.at - b.at)
    .slice(0, maxSuggestions)
    .map(({ one: { emoji, label } }) => ({ key: emoji, text: `${emoji} `, label, emoji }))
}
