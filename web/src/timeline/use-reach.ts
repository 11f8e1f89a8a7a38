import type { MessageList } from '@parlance/client/message-list'
import type { Message, UserId } from '@parlance/client/models'
import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { firstUnread, nearest } from './rows.ts'
import type { Goal, MessageGoal } from './use-goal.ts'
import type { PlaceState } from './use-place.ts'
import { useRest } from './use-rest.ts'

/** What was reached is held for so long while pages come around it, unless somebody moves the list. */
const holdMs = 5_000
/** As near to where it belongs as people can tell, in pixels. */
const slackPx = 3

interface ReachOptions {
  readonly list: RefObject<VirtualizerHandle | null>
  readonly scroller: RefObject<HTMLElement | null>
  readonly messages: MessageList
  readonly count: number
  readonly me: UserId
  readonly place: Pick<PlaceState, 'follow' | 'unfollow'>
  /** The list has come to rest, and shows what it was to show. */
  readonly rested: () => void
}

interface Reach {
  /** Brings a goal into sight, and holds it there; gives its message, where it is one. */
  readonly reach: (goal: Goal) => Message | undefined
  /** Somebody moves the list: nothing is held any more. */
  readonly letGo: () => void
  /** Whether somebody has moved the list, or led it somewhere. */
  readonly isTouched: () => boolean
  /** Whether the list is on its way to a goal. */
  readonly isMoving: () => boolean
  /** Something of the list has moved. */
  readonly moving: () => void
}

/** Leads the list to the end or to a message, and keeps that in its place while rows around it come and are measured. */
export function useReach({ list, scroller, messages, count, me, place, rested }: ReachOptions): Reach {
  const held = useRef<{ readonly goal: MessageGoal; readonly untilMs: number } | null>(null)
  const isTouched = useRef(false)
  const leads = useRef<Goal['kind']>(undefined)
  const { isAtRest, isMoving, startRest, restartRest, stopMoving } = useRest(() => {
    if (!putBack()) rested()
  })

  const spaceAbove = ({ reason, offsetPx }: MessageGoal) => {
    if (offsetPx !== undefined) return offsetPx
    const seenPx = scroller.current?.clientHeight ?? 0
    // What stands above the first message is a part of its row.
    return reason === 'begin' ? 0 : seenPx / (reason === 'date' ? 12 : 3)
  }
  const indexOf = ({ reason, seq }: MessageGoal) =>
    reason === 'unread' ? firstUnread(messages, seq, me) : nearest(messages, seq)
  const show = (goal: Goal): Message | undefined => {
    const index = goal.kind === 'end' ? -1 : indexOf(goal)
    const wasLedBy = isAtRest() ? undefined : leads.current
    leads.current = goal.kind
    startRest()
    if (goal.kind === 'end' || index < 0) {
      // The list goes back to a message that it is led to with each row that is measured, until it is led elsewhere.
      if (wasLedBy === 'message') list.current?.scrollToIndex(count - 1, { align: 'end' })
      place.follow()
      return undefined
    }
    place.unfollow()
    list.current?.scrollToIndex(index, { align: 'start', offset: -spaceAbove(goal) })
    return messages.at(index)
  }
  const heldGoal = () =>
    held.current !== null && performance.now() <= held.current.untilMs ? held.current.goal : undefined
  /** Puts what is held back where it belongs; false where it is there. */
  const putBack = (): boolean => {
    const [goal, handle, element] = [heldGoal(), list.current, scroller.current]
    if (goal === undefined || handle === null || element === null) return false
    const wanted = handle.getItemOffset(indexOf(goal)) - spaceAbove(goal)
    const reachable = Math.max(0, Math.min(wanted, element.scrollHeight - element.clientHeight))
    if (Math.abs(element.scrollTop - reachable) < slackPx) return false
    show(goal)
    return true
  }

  // The pages around it come before the list has come to rest.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only other messages move what was reached
  useLayoutEffect(() => {
    const goal = heldGoal()
    if (goal !== undefined) show(goal)
  }, [messages, count])

  const letGo = useCallback(() => {
    held.current = null
    isTouched.current = true
    stopMoving()
  }, [stopMoving])

  return {
    reach(goal) {
      // The end is followed anyway.
      held.current = goal.kind === 'end' ? null : { goal, untilMs: performance.now() + holdMs }
      return show(goal)
    },
    letGo,
    isTouched: () => isTouched.current,
    isMoving,
    moving: restartRest,
  }
}
