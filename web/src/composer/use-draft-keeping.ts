import type { Message } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { useEffect, useRef } from 'react'
import { useAccount } from '../chat/client.ts'
import { keepDraft } from './drafts.ts'

/** A draft is kept when one pauses so long. */
const pauseMs = 400

/** Keeps what is written as the room's draft: at each pause, and when the room or the page is left. */
export function useDraftKeeping(room: Room, text: string, replyTo: Message | null): void {
  const account = useAccount()
  const keep = useRef(() => {})
  keep.current = () => keepDraft(account.id, room.id, { text, replyTo: replyTo?.id ?? null })
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change begins the pause anew
  useEffect(() => {
    if (text === '') {
      keep.current()
      return
    }
    const timer = setTimeout(() => keep.current(), pauseMs)
    return () => clearTimeout(timer)
  }, [text, replyTo])
  useEffect(() => {
    const now = () => keep.current()
    addEventListener('pagehide', now)
    return () => {
      removeEventListener('pagehide', now)
      now()
    }
  }, [])
}
