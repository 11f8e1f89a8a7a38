import type { MessageList } from '@parlance/client/message-list'
import type { RoomId, Seq } from '@parlance/client/models'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { MessageGoal } from './use-goal.ts'
import type { Place } from './use-place.ts'

/** A place is kept once the list has rested so long: browsers let a page write its history a few times a second at most. */
const restMs = 250

/** Where somebody was in a room: its topmost row, and how far that stands from the top, in pixels. */
interface KeptPlace {
  readonly room: RoomId
  readonly seq: Seq
  readonly offsetPx: number
}

/** Whether one has come here by the history of the tab: back, forward or a reload, and not by a link. */
let isByHistory = ['reload', 'back_forward'].includes(
  performance.getEntriesByType('navigation').find((entry) => entry instanceof PerformanceNavigationTiming)
    ?.type ?? '',
)
addEventListener('popstate', () => {
  isByHistory = true
})
// The router tells of it (wouter); what replaces an entry stays at it.
addEventListener('pushState', () => {
  isByHistory = false
})

interface KeptPlaceState {
  /** Where to go on, for whoever has come back. */
  readonly back: MessageGoal | undefined
  /** Keeps what is seen now as the place of this entry of the history; at the live end there is none to keep. */
  readonly keep: (seen: Place, isEnd: boolean) => void
}

/** Keeps one's place in a room with the entry of the history, so that back and a reload lead to it. */
export function useKeptPlace(
  room: RoomId,
  list: RefObject<VirtualizerHandle | null>,
  messages: MessageList,
): KeptPlaceState {
  const [back] = useState(() => (isByHistory ? goalOf(placeOf(history.state), room) : undefined))
  const latest = useRef<() => void>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    const now = () => latest.current?.()
    addEventListener('pagehide', now)
    return () => {
      removeEventListener('pagehide', now)
      // By now the entry may be another one's.
      clearTimeout(timer.current)
    }
  }, [])
  const keep = ({ first }: Place, isEnd: boolean) => {
    latest.current = () => {
      const [handle, seq] = [list.current, messages.at(first)?.seq]
      if (handle === null || seq === undefined) return
      const offsetPx = handle.getItemOffset(first) - handle.scrollOffset
      write(isEnd ? undefined : { room, seq, offsetPx })
    }
    clearTimeout(timer.current)
    timer.current = setTimeout(latest.current, restMs)
  }
  return { back, keep }
}

function write(place: KeptPlace | undefined): void {
  const before = placeOf(history.state)
  if (before?.seq === place?.seq && before?.offsetPx === place?.offsetPx && before?.room === place?.room)
    return
  const others: object = typeof history.state === 'object' && history.state !== null ? history.state : {}
  history.replaceState({ ...others, place }, '')
}

function placeOf(state: unknown): KeptPlace | undefined {
  if (typeof state !== 'object' || state === null || !('place' in state)) return undefined
  const { place } = state
  if (typeof place !== 'object' || place === null) return undefined
  if (!('room' in place && 'seq' in place && 'offsetPx' in place)) return undefined
  const { room, seq, offsetPx } = place
  const isPlace = typeof room === 'number' && typeof seq === 'number' && typeof offsetPx === 'number'
  return isPlace ? { room, seq, offsetPx } : undefined
}

function goalOf(place: KeptPlace | undefined, room: RoomId): MessageGoal | undefined {
  if (place?.room !== room) return undefined
  return { kind: 'message', seq: place.seq, reason: 'place', offsetPx: place.offsetPx }
}
