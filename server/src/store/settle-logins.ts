import { protocolLimits } from '@parlance/protocol/limits'
import type { UserId } from '@parlance/protocol/models'
import {
  emailKey,
  hasForbidden,
  hasVisible,
  isReservedName,
  looksLikeGuest,
  nameKey,
  normalizeName,
  withoutForbidden,
} from '@parlance/protocol/names'
import { spellingKey } from './login-keys.ts'

interface Named {
  readonly id: UserId
  readonly name: string
}

interface Account extends Named {
  readonly email: string | null
}

/** What an account logs in by. */
interface Claim {
  readonly user: UserId
  readonly as: 'name' | 'email'
  readonly text: string
  readonly key: string
}

export interface Settled {
  /** Whose each key is. */
  readonly logins: ReadonlyMap<string, UserId>
  /** The keys of names, the new ones too. */
  readonly identities: ReadonlyMap<UserId, string>
  readonly renamed: readonly Named[]
  /** Accounts whose e-mail address is another one's way in: they have it, and log in by it in no other spelling. */
  readonly emailsLost: readonly UserId[]
}

/**
 * Settles who logs in by what, among accounts that were made before names and addresses were one space (SPEC AC20).
 * A text with an `@` belongs to who has it as e-mail before who is called so, one without to who is called so; then the
 * oldest account has it. Who loses a name is renamed to `name-id`. Where its old spelling, to the letter, was its own,
 * it goes on logging in by that: nobody is locked out, and nobody gets into what was another's.
 */
export function settleLogins(accounts: readonly Account[]): Settled {
  const claims = accounts.flatMap(claimsOf)
  const logins = new Map<string, UserId>()
  const kept = new Map<string, UserId>()
  const lost: Claim[] = []
  for (const claim of claims.toSorted((a, b) => rank(a) - rank(b) || a.user - b.user)) {
    const owner = logins.get(claim.key) ?? claim.user
    if (owner !== claim.user || (claim.as === 'name' && !mayBeCalled(claim.text))) {
      lost.push(claim)
      continue
    }
    logins.set(claim.key, claim.user)
    kept.set(claim.text, claim.user)
  }
  const identities = new Map<UserId, string>()
  for (const { user, as, key } of claims) if (as === 'name') identities.set(user, key)
  const renamed = lost
    .filter(({ as }) => as === 'name')
    .map(({ user, text }): Named => {
      const name = freeName(text, user, (key) => logins.has(key))
      logins.set(nameKey(name), user)
      identities.set(user, nameKey(name))
      return { id: user, name }
    })
  for (const { user, text } of lost) {
    const key = spellingKey(text)
    if (text !== '' && (kept.get(text) ?? user) === user && !logins.has(key)) logins.set(key, user)
  }
  const emailsLost = lost.filter(({ as }) => as === 'email').map(({ user }) => user)
  return { logins, identities, renamed, emailsLost }
}

/** Names for guests who share one, or an account's: the first keeps it, the others are renamed to `name-id`. */
export function settleGuests(guests: readonly Named[], logins: ReadonlyMap<string, UserId>): Settled {
  const taken = new Set<string>()
  const identities = new Map<UserId, string>()
  const renamed: Named[] = []
  const isTaken = (key: string) => taken.has(key) || logins.has(key)
  for (const { id, name } of guests) {
    const isFree = mayBeCalled(name) && !isTaken(nameKey(name))
    const settled = isFree ? name : freeName(name, id, isTaken)
    if (!isFree) renamed.push({ id, name: settled })
    taken.add(nameKey(settled))
    identities.set(id, nameKey(settled))
  }
  return { logins, identities, renamed, emailsLost: [] }
}

function claimsOf({ id, name, email }: Account): readonly Claim[] {
  const text = normalizeName(name)
  const claims: Claim[] = [{ user: id, as: 'name', text, key: nameKey(text) }]
  if (email !== null && emailKey(email) !== '') {
    claims.push({ user: id, as: 'email', text: normalizeName(email), key: emailKey(email) })
  }
  return claims
}

/** Less goes first. */
function rank({ as, key }: Claim): number {
  return (as === 'email') === key.includes('@') ? 0 : 1
}

function mayBeCalled(name: string): boolean {
  return hasVisible(name) && !hasForbidden(name) && !isReservedName(name) && !looksLikeGuest(name)
}

/** The name with the number of its account, which is nobody's yet. */
function freeName(name: string, id: UserId, isTaken: (key: string) => boolean): string {
  const clean = normalizeName(withoutForbidden(name))
  const base = hasVisible(clean) ? Array.from(clean) : ['u', 's', 'e', 'r']
  for (let extra = 1; ; extra++) {
    const end = extra === 1 ? `-${id}` : `-${id}-${extra}`
    const free = base.slice(0, protocolLimits.nameLength - end.length).join('') + end
    if (!isTaken(nameKey(free))) return free
  }
}
