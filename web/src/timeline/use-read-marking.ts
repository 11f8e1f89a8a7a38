import type { Room } from '@parlance/client/room'
import { useEffect, useRef } from 'react'
import type { View } from './view.ts'

/** The marker is moved at most once in this time. */
const throttleMs = 300

/** Gives what marks as read up to the row of an index, where a person looks at the page. */
export function useReadMarking(room: Room, view: View, isAttended: boolean): (last: number) => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const seen = useRef<(() => void) | undefined>(undefined)
  useEffect(() => {
    if (!isAttended) {
      clearTimeout(timer.current)
      timer.current = undefined
    }
    return () => {
      clearTimeout(timer.current)
      timer.current = undefined
    }
  }, [isAttended])
  return (last) => {
    const { messages } = view.timeline
    const seq = messages.at(Math.min(last, messages.length - 1))?.seq
    if (!isAttended || seq === undefined) return
    seen.current = () => room.markRead(seq)
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      seen.current?.()
    }, throttleMs)
  }
}
