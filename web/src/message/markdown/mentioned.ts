import type { UserId } from '@parlance/client/models'
import { nameKey } from '@parlance/client/names'
import { type Block, candidatesIn, type MentionNode, resolveMentions } from '@parlance/client/text'
import { guessNames } from './guess-names.ts'

/** A mention that is one: as much of its letters as is the name, and whose it is, where that is known. */
export interface Mentioned {
  readonly name: string
  readonly user: UserId | null
}

/** What tells of each `@name` in a message whether it mentions somebody. */
export type FindMentioned = (mention: MentionNode) => Mentioned | undefined

/**
 * Who is mentioned where. The message tells ids, and the longest name among theirs wins, as on the server. Of those whose
 * names are not known here each name is one of them, where the text has no more of these than there are ids; where such a
 * name ends is guessed (`guessNames`).
 */
export function mentionedIn(
  mentions: readonly UserId[],
  blocks: readonly Block[],
  nameOf: (user: UserId) => string | undefined,
): FindMentioned {
  const found = new Map<number, Mentioned>()
  const find: FindMentioned = ({ at }) => found.get(at)
  if (mentions.length === 0) return find
  const users = new Map<string, UserId>()
  for (const id of mentions) {
    const name = nameOf(id)
    if (name !== undefined) users.set(nameKey(name), id)
  }
  const candidates = candidatesIn(blocks)
  for (const { from, name, user } of resolveMentions(candidates, (key) => users.get(key)))
    found.set(from, { name, user })
  const open = candidates.filter(({ at }) => !found.has(at))
  const names = guessNames(open, mentions.length - users.size)
  for (const [index, { at }] of open.entries()) {
    const name = names?.[index]
    if (name !== undefined) found.set(at, { name, user: null })
  }
  return find
}
