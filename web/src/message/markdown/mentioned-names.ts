import type { User, UserId } from '@parlance/client/models'
import { sameName, withMentions } from './mentions.ts'

interface Named {
  readonly id: UserId
  readonly name: string
}

/**
 * Which of the names in a text are mentions. The message tells ids: where there are as many as names, it is all of
 * them; else those whose id is known.
 */
export function mentionedNames(
  text: string,
  mentions: readonly UserId[],
  account: Named,
  members: ReadonlyMap<UserId, { readonly user: User }> | null,
): (name: string) => boolean {
  if (mentions.length === 0) return () => false
  const names = new Set(
    withMentions(text).flatMap((inline) => (inline.kind === 'mention' ? [inline.name.normalize('NFC')] : [])),
  )
  if (names.size === mentions.length) return (name) => names.has(name.normalize('NFC'))
  const known = mentions.flatMap((id) =>
    id === account.id ? [account.name] : (members?.get(id)?.user.name ?? []),
  )
  return (name) => known.some((one) => sameName(one, name))
}
