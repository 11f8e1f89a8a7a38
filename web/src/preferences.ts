import { useSyncExternalStore } from 'react'
import { keptAs } from './base.ts'

/** What is told of a room outside of it: everything, what mentions one (and direct messages), or nothing. */
export type NotificationLevel = 'all' | 'mentions' | 'none'

/** What a person chose, kept in this browser. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark'
  readonly language: 'system' | 'en' | 'de'
  /** Whether the desktop is told at all; asked for once. */
  readonly notifications: boolean
  /** Whether notifications were offered here; see `notify/use-notification-offer.ts`. */
  readonly isOffered: boolean
  /** No notifications until then, in milliseconds since the epoch; 0: they come. */
  readonly quietUntilMs: number
  readonly sound: boolean
  /** What is told of rooms about which nothing is said. */
  readonly level: NotificationLevel
  /** By room id; `level` where nothing is said, `all` in direct conversations. */
  readonly levels: Readonly<Record<string, NotificationLevel>>
  /** Conversations of two that are closed, by account and room: when their newest message was sent. See `rooms/closed-directs.ts`. */
  readonly closed: Readonly<Record<string, string>>
}

const key = `${keptAs}.preferences`

const fallback: Preferences = {
  theme: 'system',
  language: 'system',
  notifications: false,
  isOffered: false,
  quietUntilMs: 0,
  sound: false,
  level: 'mentions',
  levels: {},
  closed: {},
}

const listeners = new Set<() => void>()
let current = read()

addEventListener('storage', (event) => {
  if (event.key === key) become(read())
})

/** The preferences now, and again whenever they change, here or in another tab. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences)
}

export function preferences(): Preferences {
  return current
}

export function prefer(change: Partial<Preferences>): void {
  become({ ...current, ...change })
  try {
    localStorage.setItem(key, JSON.stringify(current))
  } catch {
    // A browser that forbids storage forgets them with the tab.
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function become(next: Preferences): void {
  current = next
  for (const listener of listeners) listener()
}

function read(): Preferences {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
    return typeof kept === 'object' ? { ...fallback, ...kept } : fallback
  } catch {
    return fallback
  }
}
