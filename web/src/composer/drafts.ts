import type { RoomId, UserId } from '@parlance/client/models'
import { useSyncExternalStore } from 'react'
import { useAccount } from '../chat/client.ts'
import { type Draft, parseDraft } from './draft.ts'

const prefix = 'parlance.draft.'
const listeners = new Set<() => void>()
const known = new Map<string, Draft | undefined>()

addEventListener('storage', ({ key }) => {
  if (key !== null && !key.startsWith(prefix)) return
  known.clear()
  tell()
})

/** One's draft in a room; it changes when one pauses, not at each key. */
export function useDraft(room: RoomId): Draft | undefined {
  const account = useAccount()
  return useSyncExternalStore(subscribe, () => draftOf(account.id, room))
}

export function draftOf(account: UserId, room: RoomId): Draft | undefined {
  const key = keyOf(account, room)
  if (!known.has(key)) known.set(key, read(key))
  return known.get(key)
}

/** Keeps a draft over a reload; one without text is forgotten. */
export function keepDraft(account: UserId, room: RoomId, draft: Draft): void {
  const key = keyOf(account, room)
  const before = draftOf(account, room)
  const isEmpty = draft.text.trim() === ''
  if (isEmpty ? before === undefined : before?.text === draft.text && before.replyTo === draft.replyTo) return
  known.set(key, isEmpty ? undefined : draft)
  try {
    if (isEmpty) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(draft))
  } catch {
    // A browser that forbids storage, or whose storage is full, keeps it as long as the tab.
  }
  tell()
}

/** Forgets all drafts of this browser: the session has ended. */
export function forgetDrafts(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key)
  } catch {
    // There are none then.
  }
  known.clear()
  tell()
}

function keyOf(account: UserId, room: RoomId): string {
  return `${prefix}${account}.${room}`
}

function read(key: string): Draft | undefined {
  try {
    return parseDraft(localStorage.getItem(key))
  } catch {
    return undefined
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function tell(): void {
  for (const listener of listeners) listener()
}
