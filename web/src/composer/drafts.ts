import type { RoomId } from '@parlance/client/models'
import { useSyncExternalStore } from 'react'
import { keptAs } from '../base.ts'
import { useAccount } from '../chat/client.ts'
import { type DraftBox, type DraftNews, draftBox, draftRoom, isDraftKey } from './draft-box.ts'
import { tabName } from './tab-name.ts'

const listeners = new Set<() => void>()
const hearers = new Set<(news: DraftNews) => void>()
/** What cannot be kept, since the browser forbids it or is full, lasts as long as the tab. */
const unkept = new Map<string, string>()
const channel = new BroadcastChannel(`${keptAs}.drafts`)

channel.addEventListener('message', ({ data }: MessageEvent<DraftNews>) => {
  for (const hear of hearers) hear(data)
})
addEventListener('storage', ({ key }) => {
  if (key === null || isDraftKey(key)) changed()
})

/** The rooms that have one; looked up anew when something has changed. */
let rooms: ReadonlySet<string> | undefined

/** This tab's part in the drafts of the browser. */
export const drafts: DraftBox = draftBox({
  tab: tabName(),
  nowMs: Date.now,
  tell: (news) => channel.postMessage(news),
  storage: {
    keys: () => [...new Set([...attempt(() => Object.keys(localStorage), []), ...unkept.keys()])],
    get: (key) => unkept.get(key) ?? attempt(() => localStorage.getItem(key), null),
    set(key, value) {
      const isKept = attempt(() => {
        localStorage.setItem(key, value)
        return true
      }, false)
      if (isKept) unkept.delete(key)
      else unkept.set(key, value)
      changed()
    },
    remove(key) {
      unkept.delete(key)
      attempt(() => localStorage.removeItem(key), undefined)
      changed()
    },
  },
})

/** Whether a room has a draft; it changes when one pauses, not at each key. */
export function useHasDraft(room: RoomId): boolean {
  const account = useAccount()
  return useSyncExternalStore(subscribe, () => {
    rooms ??= drafts.rooms()
    return rooms.has(draftRoom(account.id, room))
  })
}

/** Hears what other tabs have done with their drafts, until the function that it gives is called. */
export function hearDrafts(hear: (news: DraftNews) => void): () => void {
  hearers.add(hear)
  return () => void hearers.delete(hear)
}

/** Forgets all drafts of this browser: the session has ended. */
export function forgetDrafts(): void {
  drafts.forget()
}

/** What the browser's storage gives; `otherwise` where it is forbidden or full. */
function attempt<T>(act: () => T, otherwise: T): T {
  try {
    return act()
  } catch {
    return otherwise
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function changed(): void {
  rooms = undefined
  for (const listener of listeners) listener()
}
