import type { RoomId } from '@parlance/client/models'
import { useEffect } from 'react'
import { useAttention } from '../timeline/use-attention.ts'
import { lookingLock } from './notable.ts'

/** Tells the other tabs that a person looks at this room here: a lock, which goes with the tab. */
export function useLooking(room: RoomId | undefined): void {
  const isAttentive = useAttention()
  useEffect(() => {
    if (room === undefined || !isAttentive || navigator.locks === undefined) return
    const looking = new AbortController()
    const { promise, resolve } = Promise.withResolvers<void>()
    navigator.locks
      .request(lookingLock(room), { mode: 'shared', signal: looking.signal }, () => promise)
      .catch(() => {})
    return () => {
      looking.abort()
      resolve()
    }
  }, [room, isAttentive])
}

/** Whether a person looks at this room, in whatever tab. */
export async function isLookedAt(room: RoomId): Promise<boolean> {
  const { held = [] } = await navigator.locks.query()
  return held.some(({ name }) => name === lookingLock(room))
}
