import type { Reaction, Reactor, UserId } from '@parlance/client/models'
import { personName } from '../texts/person-name.ts'
import type { Texts } from '../texts/texts.ts'

/** So many names are told, oneself among them; the others are counted. */
const maxNames = 3
/** So many are asked for: where one is among them, as many of others are left. */
export const askedReactors = maxNames + 1

/** One sentence about who reacted: oneself first, then who did first. */
export function whoReacted(
  { messages, common }: Texts,
  { emoji, count, me }: Reaction,
  reactors: readonly Reactor[],
  self: UserId,
): string {
  const names = reactors
    .filter(({ user }) => user.id !== self)
    .slice(0, me ? maxNames - 1 : maxNames)
    .map(({ user }) => personName(common, user))
  const others = Math.max(0, count - names.length - (me ? 1 : 0))
  return messages.reactedBy(emoji, names, me, others)
}
