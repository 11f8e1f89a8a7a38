import type { UserId } from '../models.ts'
import { nameKey } from '../names.ts'
import { type Candidate, candidatesIn, type MentionSpan, resolveMentions } from './candidates.ts'
import { parseText } from './parse-text.ts'

/** Whether a text may mention anybody. One that has no `@` need not be read. */
export function mayMention(text: string): boolean {
  return text.includes('@') || text.includes('＠')
}

/** What a text may mention, in its order: none in code, addresses and links (SPEC MK7). Names are yet to be looked up. */
export function mentionCandidates(text: string): readonly Candidate[] {
  return mayMention(text) ? candidatesIn(parseText(text)) : []
}

/**
 * Where a message mentions the users that it tells by id. `nameOf` is what is known of them. A name that belongs to somebody
 * else by now is nobody's here: only who was mentioned then is.
 */
export function mentionSpans(
  message: { readonly text: string; readonly mentions: readonly UserId[] },
  nameOf: (user: UserId) => string | undefined,
): readonly MentionSpan<UserId>[] {
  if (message.mentions.length === 0) return []
  const users = keysOf(message.mentions, nameOf)
  return resolveMentions(mentionCandidates(message.text), (key) => users.get(key))
}

/** The users that a message mentions, by the keys of the names that are known. */
function keysOf(
  mentions: readonly UserId[],
  nameOf: (user: UserId) => string | undefined,
): ReadonlyMap<string, UserId> {
  return new Map(
    mentions.flatMap((user) => {
      const name = nameOf(user)
      return name === undefined ? [] : [[nameKey(name), user] as const]
    }),
  )
}
