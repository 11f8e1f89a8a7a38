import type { User, UserId } from '@parlance/client/models'
import { nameKey } from '@parlance/client/names'
import { mentionCandidates } from '@parlance/client/text'

/** So many are told at most; each is looked up. */
const maxTold = 3
/** A mention may be of a name or of its beginning (`@ann.lee`); so many of each are looked up, the longest first. */
const maxNames = 3

/** Finds the account of a name, by its key; undefined where there is none. */
export type FindUser = (key: string, name: string) => Promise<User | undefined>

/** Accounts that a text mentions and that are no members: they would not be told. None in code, links and addresses. */
export async function absentMentions(
  text: string,
  members: Iterable<User>,
  find: FindUser,
): Promise<readonly (User & { readonly id: UserId })[]> {
  const names = new Set([...members].map(({ name }) => nameKey(name)))
  const absent = new Map<UserId, User & { readonly id: UserId }>()
  const asked = new Set<string>()
  for (const candidate of mentionCandidates(text)) {
    if (candidate.names.some((name) => names.has(nameKey(name)))) continue
    for (const name of candidate.names.slice(0, maxNames)) {
      const key = nameKey(name)
      if (asked.has(key)) break
      asked.add(key)
      const user = await find(key, name)
      if (user === undefined || user.id === null || user.kind !== 'user') continue
      absent.set(user.id, { ...user, id: user.id })
      break
    }
    if (absent.size === maxTold || asked.size >= maxTold * maxNames) break
  }
  return [...absent.values()]
}
