import type { UserId } from '@parlance/client/models'
import { nameKey } from '@parlance/client/names'
import type { MentionNode } from '@parlance/client/text'

/** A mention that is one: as much of its letters as is the name, and whose it is, where that is known. */
export interface Mentioned {
  readonly name: string
  readonly user: UserId | null
}

/** What tells of each `@name` in a message whether it mentions somebody. */
export type FindMentioned = (mention: MentionNode) => Mentioned | undefined

/**
 * Who is mentioned where. The message tells ids, and the longest name among theirs wins, as on the server. Of those whose
 * names are not known here each name is one of them, where the text has no more of these than there are ids.
 */
export function mentionedIn(
  mentions: readonly UserId[],
  places: readonly MentionNode[],
  nameOf: (user: UserId) => string | undefined,
): FindMentioned {
  const known = new Map<string, UserId>()
  let unknown = 0
  for (const id of mentions) {
    const name = nameOf(id)
    if (name === undefined) unknown += 1
    else known.set(nameKey(name), id)
  }
  const find: FindMentioned = ({ names }) => {
    for (const name of names) {
      const user = known.get(nameKey(name))
      if (user !== undefined) return { name, user }
    }
    return undefined
  }
  if (unknown === 0) return find
  const open = places
    .filter((place) => find(place) === undefined)
    .map(({ names: [longest] }) => nameKey(longest))
  const areAll = new Set(open).size <= unknown
  return (mention) => find(mention) ?? (areAll ? { name: mention.names[0], user: null } : undefined)
}
