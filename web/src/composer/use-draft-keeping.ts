import type { RoomId } from '@parlance/client/models'
import { useEffect, useRef } from 'react'
import { useAccount } from '../chat/client.ts'
import type { Draft } from './draft.ts'
import { draftRoom, isSameText } from './draft-box.ts'
import { drafts, hearDrafts } from './drafts.ts'

/** A draft is kept when one pauses so long. */
const pauseMs = 400

/**
 * Keeps what is written as this tab's draft of the room: at each pause, and when the room or the page is left. `onSent`:
 * another tab has sent the very text that stands here.
 */
export function useDraftKeeping(id: RoomId, draft: Draft, onSent: () => void): void {
  const account = useAccount()
  const room = draftRoom(account.id, id)
  const keep = useRef(() => {})
  const sent = useRef((_text: string) => {})
  keep.current = () => void drafts.keep(room, draft)
  sent.current = (text) => {
    if (draft.text !== '' && isSameText(draft.text, text)) onSent()
  }
  const { text, replyTo, notifyReplied } = draft
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change begins the pause anew
  useEffect(() => {
    if (text === '') {
      keep.current()
      return
    }
    const timer = setTimeout(() => keep.current(), pauseMs)
    return () => clearTimeout(timer)
  }, [text, replyTo, notifyReplied])
  useEffect(() => {
    const now = () => keep.current()
    addEventListener('pagehide', now)
    return () => {
      removeEventListener('pagehide', now)
      now()
    }
  }, [])
  useEffect(
    () =>
      hearDrafts((news) => {
        if (news.room !== room) return
        if (news.kind === 'taken') keep.current()
        else sent.current(news.text)
      }),
    [room],
  )
}
