import { emailKey, nameKey, normalizeName } from '@parlance/protocol/names'

/**
 * The key of one spelling alone: of accounts that were there before names and addresses were one space (SPEC AC20). No
 * key of a name begins with a space.
 */
export function spellingKey(text: string): string {
  return ` ${normalizeName(text)}`
}

/** All that a new account would log in by: nobody else may have any of it. */
export function wayIn(text: string): readonly [spelling: string, key: string] {
  return [spellingKey(text), nameKey(text)]
}

/** The keys that an account with this name and this e-mail address has, each once. */
export function loginKeys(name: string, email: string | null): readonly string[] {
  return [
    ...new Set(email === null || emailKey(email) === '' ? [nameKey(name)] : [nameKey(name), emailKey(email)]),
  ]
}
