import type { Actor } from '../../chat/chat.ts'
import { claimedName } from '../contract/http.ts'

/** A guest by the name that a client claims: never an account (contracts.md §4). */
export function guest(claim: string, address: string): Extract<Actor, { kind: 'claim' }> {
  return { kind: 'claim', id: null, name: claimedName(claim), address }
}
