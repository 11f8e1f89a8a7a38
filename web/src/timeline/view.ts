import type { TimelineSnapshot } from '@parlance/client/room'

/** The messages as the list shows them, with how they followed from those before. */
export interface View {
  readonly timeline: TimelineSnapshot
  /** Counts how often other messages took the place of all: each time it is a new list. */
  readonly generation: number
  /** Whether messages came before those that were there, so that the place is kept from the end. */
  readonly isShift: boolean
  /** How many of the newest the list shows one step later: it takes a shift, or more at its end, but not both. */
  readonly withheld: number
}

export function firstView(timeline: TimelineSnapshot): View {
  return { timeline, generation: 0, isShift: false, withheld: 0 }
}

/** The view of the next snapshot: older and newer messages join what is shown, anything else replaces it. */
export function nextView(view: View, timeline: TimelineSnapshot): View {
  const [before, after] = [view.timeline.messages, timeline.messages]
  if (before === after) return { ...view, timeline }
  const first = before.at(0)
  const place = first === undefined ? -1 : after.indexOf(first.seq)
  // What was empty and is not is a list of its own, unless it was empty to begin with.
  const goesOn = place >= 0 || (first === undefined && view.timeline.isLoaded)
  const isShift = place > 0
  const withheld = isShift ? after.length - place - before.length : 0
  return { timeline, generation: view.generation + (goesOn ? 0 : 1), isShift, withheld }
}

/** Whether the messages reach from before to after a seq, or there are none beyond. */
export function covers({ messages, isLoaded, hasOlder, hasNewer }: TimelineSnapshot, seq: number): boolean {
  const [first, last] = [messages.at(0), messages.at(-1)]
  if (!isLoaded) return false
  if (first === undefined || last === undefined) return !hasOlder && !hasNewer
  return (!hasOlder || first.seq <= seq) && (!hasNewer || seq <= last.seq)
}
