import type { UserId } from '../models.ts'
import { nameKey } from '../names.ts'
import { mentionNodes } from './mention-nodes.ts'
import type { MentionNode } from './nodes.ts'
import { parseText } from './parse-text.ts'

/** Places of one text at which somebody may be mentioned; further ones are text. */
export const maxMentions = 50
/** Different names that are looked up for one text, the names that its mentions may begin with counted. */
export const maxMentionNames = 400

/** An `@` that may mention somebody. */
export type Candidate = Pick<MentionNode, 'at' | 'names'>

/** A mention in a text. */
export interface MentionSpan<Id> {
  /** From its `@` to the end of the name, in UTF-16 units. */
  readonly from: number
  readonly to: number
  /** As it was typed. */
  readonly name: string
  readonly user: Id
}

/** Whether a text may mention anybody. One that has no `@` need not be read. */
export function mayMention(text: string): boolean {
  return text.includes('@') || text.includes('＠')
}

/** What a text may mention, in its order: none in code, addresses and links (SPEC MK7). Names are yet to be looked up. */
export function mentionCandidates(text: string): readonly Candidate[] {
  return mayMention(text) ? mentionNodes(parseText(text)).slice(0, maxMentions) : []
}

/** What candidates may mean, as keys of names (`nameKey`): to look up, all at once. */
export function mentionKeys(candidates: readonly Candidate[]): readonly string[] {
  const keys = new Set<string>()
  for (const { names } of candidates)
    for (const name of names) if (keys.size < maxMentionNames) keys.add(nameKey(name))
  return [...keys]
}

/** The mentions among candidates: of each the longest name that is somebody's, by its key (SPEC MK9). */
export function resolveMentions<Id>(
  candidates: readonly Candidate[],
  byKey: (key: string) => Id | undefined,
): readonly MentionSpan<Id>[] {
  return candidates.flatMap(({ at, names }) => {
    for (const name of names) {
      const user = byKey(nameKey(name))
      if (user !== undefined) return [{ from: at, to: at + 1 + name.length, name, user }]
    }
    return []
  })
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
export function keysOf(
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
