import type { Seq } from '@parlance/client/models'
import type { Room, TimelineSnapshot } from '@parlance/client/room'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useClientSnapshot } from '../chat/client.ts'
import { useToasts } from '../ui/toasts.ts'
import { covers, type View } from './view.ts'

/** What the list is to show next. */
export type Goal = { readonly kind: 'end' } | MessageGoal

export interface MessageGoal {
  readonly kind: 'message'
  readonly seq: Seq
  /**
   * Why: a link marks its message, a date puts it first, what is unread begins after the seq, the room at its begin, and
   * whoever comes back goes on at their place.
   */
  readonly reason: 'link' | 'unread' | 'date' | 'begin' | 'place'
  /** Of a place: how far its row stands from the top. */
  readonly offsetPx?: number
}

/** Where the room begins. */
export const begin: Goal = { kind: 'message', seq: 0, reason: 'begin' }

/** The server tells what was missed right after it lets one in: a message that has not come by then is not there. */
const catchUpMs = 1_500

interface GoalState {
  readonly goal: Goal | null
  readonly aim: (goal: Goal) => void
  /** Whether the list shows what it is to show, and not yet what was there on the way. */
  readonly isSettled: boolean
}

/**
 * Brings the list to a goal: loads the messages around it where they are not here, and calls `reach` in the commit in
 * which they are. Whatever else replaces the messages shows its end.
 */
export function useGoal(
  room: Room,
  view: View,
  first: () => Goal,
  isFresh: boolean,
  reach: (goal: Goal) => void,
): GoalState {
  const { fail } = useToasts()
  const isConnected = useClientSnapshot().connection.kind === 'open'
  const [goal, setGoal] = useState<Goal | null>(first)
  const [settled, setSettled] = useState<number | null>(null)
  const asked = useRef<{ readonly goal: Goal; readonly generation: number } | null>(null)
  const { timeline, generation } = view
  const isCaughtUp = useCaughtUp(isFresh)
  const isHere = goal !== null && isReachable(goal, timeline, isCaughtUp)
  const reachLatest = useRef(reach)
  useLayoutEffect(() => {
    reachLatest.current = reach
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: each list of its own begins at a place of its own
  useLayoutEffect(() => {
    reachLatest.current({ kind: 'end' })
  }, [generation])
  useLayoutEffect(() => {
    if (goal !== null && isHere) {
      reachLatest.current(goal)
      setGoal(null)
    }
    if (goal === null || isHere) setSettled(generation)
  }, [goal, isHere, generation])

  useEffect(() => {
    // Others may show another part of the room meanwhile: then it is asked for again.
    const isAsked = asked.current?.goal === goal && asked.current?.generation === generation
    if (goal === null || isHere || isAsked) return
    asked.current = { goal, generation }
    const shown = goal.kind === 'end' ? room.jumpToLatest() : room.jumpTo(goal.seq)
    shown.catch((error: unknown) => {
      setGoal((current) => (current === goal ? null : current))
      fail(error)
    })
  }, [room, goal, isHere, generation, fail])

  const aim = useCallback((next: Goal) => setGoal(next), [])
  return { goal, aim, isSettled: settled === generation || !isConnected }
}

/** Whether what one has missed has come, as far as waiting for it makes sense. */
function useCaughtUp(isFresh: boolean): boolean {
  const [isCaughtUp, setCaughtUp] = useState(false)
  useEffect(() => {
    if (!isFresh) return
    const timer = setTimeout(() => setCaughtUp(true), catchUpMs)
    return () => clearTimeout(timer)
  }, [isFresh])
  return isCaughtUp
}

/** Whether the messages are here that a goal is among. */
function isReachable(goal: Goal, timeline: TimelineSnapshot, isCaughtUp: boolean): boolean {
  if (goal.kind === 'end') return covers(timeline, Number.POSITIVE_INFINITY)
  const newest = timeline.messages.at(-1)?.seq ?? 0
  const isAhead = goal.reason === 'unread' ? goal.seq >= newest : goal.seq > newest
  return covers(timeline, goal.seq) && (isCaughtUp || !isAhead)
}
