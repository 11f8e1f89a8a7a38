import { useSyncExternalStore } from 'react'
import { keptAs } from '../base.ts'

const key = `${keptAs}.emoji`
const maxKept = 18
const listeners = new Set<() => void>()
let current = read()

/** The emoji used last, the latest first. */
export function useRecentEmoji(): readonly string[] {
  return useSyncExternalStore(subscribe, () => current)
}

/** The same, to whom their changes do not matter. */
export function recentEmoji(): readonly string[] {
  return current
}

export function keepRecentEmoji(emoji: string): void {
  current = [emoji, ...current.filter((one) => one !== emoji)].slice(0, maxKept)
  for (const listener of listeners) listener()
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

function read(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    if (!Array.isArray(kept)) return []
    return kept.filter((one): one is string => typeof one === 'string').slice(0, maxKept)
  } catch {
    return []
  }
}
