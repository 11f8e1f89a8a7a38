import { lastWay, type Way } from './last-way.ts'

interface Address {
  /** The way that the address names. */
  readonly own: Way | undefined
  /** What is known of the invitation that it holds. */
  readonly invitation: 'none' | 'unread' | 'held' | 'gone'
  /** Whether somebody was logged in here until now. */
  readonly hasEnded: boolean
}

/** The way in that is offered first; none yet while it hangs on an invitation that is being read. */
export function firstWay({ own, invitation, hasEnded }: Address): Way | undefined {
  if (own !== undefined) return own
  if (invitation === 'unread') return undefined
  // Who is invited mostly has no account yet; who was logged in until now has one.
  if (invitation === 'held') return 'signUp'
  return hasEnded ? 'logIn' : lastWay()
}
