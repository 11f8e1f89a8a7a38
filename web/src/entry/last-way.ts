import { keptAs } from '../base.ts'

/** The ways in. */
export const ways = ['guest', 'logIn', 'signUp'] as const
export type Way = (typeof ways)[number]

const key = `${keptAs}.way`

/** Remembers by which way somebody came in on this device. Who signed up has an account: they log in the next time. */
export function keepWay(way: Way): void {
  try {
    localStorage.setItem(key, way === 'guest' ? 'guest' : 'logIn')
  } catch {
    // A browser that forbids storage offers the log-in.
  }
}

/** The way last used on this device, else the log-in. */
export function lastWay(): 'guest' | 'logIn' {
  try {
    return localStorage.getItem(key) === 'guest' ? 'guest' : 'logIn'
  } catch {
    return 'logIn'
  }
}
