import { normalizeEmail } from '@parlance/protocol/names'
import type { Fields } from '../contract/fields.ts'

/** A label of a host name (RFC 1123 §2.1), in any script. */
const label = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u

/**
 * A real e-mail address, without spaces around it and its domain in lower case; else a fault in the words that clients know (contracts.md §3).
 * Whether anybody reads mail there is not asked.
 */
export function readEmail(fields: Fields, field: string): string {
  const faults = fields.faults.length
  const email = normalizeEmail(fields.string(field))
  if (fields.faults.length > faults) return email
  const at = email.lastIndexOf('@')
  const local = email.slice(0, at)
  const domain = email.slice(at + 1).toLowerCase()
  const reason = at === -1 ? 'An email address must have an @-sign.' : reasonAgainst(local, domain)
  if (reason !== undefined) fields.refuse(field, `value is not a valid email address: ${reason}`, reason)
  return `${local}@${domain}`
}

function reasonAgainst(local: string, domain: string): string | undefined {
  if (local === '') return 'There must be something before the @-sign.'
  if (local.length > 64) return 'The email address is too long before the @-sign.'
  if (!/^[^\s\p{C}"(),:;<>@[\\\]]+$/u.test(local) || /^\.|\.\.|\.$/.test(local)) {
    return 'The part before the @-sign contains invalid characters.'
  }
  if (domain === '') return 'There must be something after the @-sign.'
  if (domain.length > 253) return 'The email address is too long after the @-sign.'
  if (!domain.includes('.')) return 'The part after the @-sign is not valid. It should have a period.'
  if (!domain.split('.').every((part) => label.test(part)) || /\.\d+$/.test(domain)) {
    return 'The part after the @-sign is not valid.'
  }
  return undefined
}
