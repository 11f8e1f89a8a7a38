import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react'
import type { VirtualizerHandle } from 'virtua'

/** What is seen of the list. */
export interface Place {
  /** The index of the topmost row. */
  readonly first: number
  /** The index of the last row that was seen as a whole. */
  readonly last: number
  /** Whether the end of what is loaded is seen. */
  readonly isAtEnd: boolean
  /** How much there is above and below, in pages of what is seen. */
  readonly above: number
  readonly below: number
}

/** How long after a wheel, a finger or a key what it moves may be seen. */
const movedMs = 500
/** How long after a size has changed the list may move by itself, by as much as that; longer than a busy machine stalls. */
const changedMs = 2_000

/** As near to the end as people can tell, in pixels. */
const slackPx = 8

export interface PlaceState {
  /** Where the list is now; undefined until it is measured. */
  readonly look: () => Place | undefined
  /** Somebody moves the list up, by a wheel, a finger or a key. */
  readonly moved: () => void
  /** Goes to the end, and stays there as it grows, until somebody scrolls up. */
  readonly follow: () => void
  readonly unfollow: () => void
  readonly isFollowing: () => boolean
}

/** Where a list is, and whether it stays at its end. `isLive` is false while there are newer messages than it has. */
export function usePlace(
  list: RefObject<VirtualizerHandle | null>,
  scroller: RefObject<HTMLElement | null>,
  count: number,
  isLive: boolean,
): PlaceState {
  const follows = useRef(false)
  const before = useRef({ offset: 0, size: 0, seen: 0 })
  const movedAtMs = useRef(Number.NEGATIVE_INFINITY)
  const changed = useRef({ atMs: Number.NEGATIVE_INFINITY, px: 0 })
  const now = useRef({ count, isLive })

  // Once, and again at each look: what the list offers for it goes on by itself, against whoever scrolls meanwhile.
  const toEnd = useCallback(() => {
    const element = scroller.current
    if (element !== null) element.scrollTop = element.scrollHeight
  }, [scroller])
  useLayoutEffect(() => {
    now.current = { count, isLive }
  })

  const look = useCallback(() => {
    const handle = list.current
    if (handle === null || handle.viewportSize === 0) return undefined
    const { scrollOffset: offset, scrollSize: size, viewportSize: seen } = handle
    const below = size - seen - offset
    const isAtEnd = below <= slackPx
    const nowMs = performance.now()
    const changedPx = Math.abs(size - before.current.size) + Math.abs(seen - before.current.seen)
    const isRecent = nowMs - changed.current.atMs <= changedMs
    const ownPx = (isRecent ? changed.current.px : 0) + changedPx
    if (changedPx > 0) changed.current = { atMs: nowMs, px: ownPx }
    // The list moves by itself where sizes change. Beyond that it was a person, or what they use.
    const isByPerson = nowMs - movedAtMs.current < movedMs
    const isScrolledUp = before.current.offset - offset > (isByPerson ? 1 : ownPx + 1)
    before.current = { offset, size, seen }
    if (!now.current.isLive || (isScrolledUp && !isAtEnd)) follows.current = false
    else if (isAtEnd) follows.current = true
    else if (follows.current) toEnd()
    const first = handle.findItemIndex(offset)
    const last = isAtEnd ? now.current.count - 1 : lastWhole(handle, first)
    return { first, last, isAtEnd, above: offset / seen, below: below / seen }
  }, [list, toEnd])

  const moved = useCallback(() => {
    movedAtMs.current = performance.now()
  }, [])
  const follow = useCallback(() => {
    follows.current = now.current.isLive
    // Where the list was before says nothing any more: it may be another list, which begins at its top.
    before.current = { ...before.current, offset: 0 }
    toEnd()
  }, [toEnd])
  const unfollow = useCallback(() => {
    follows.current = false
  }, [])
  return { look, moved, follow, unfollow, isFollowing: () => follows.current }
}

/** The last row of which the end is seen, or that fills all there is to see. */
function lastWhole(handle: VirtualizerHandle, first: number): number {
  const end = handle.scrollOffset + handle.viewportSize + slackPx
  const last = handle.findItemIndex(end)
  return handle.getItemOffset(last) + handle.getItemSize(last) <= end ? last : Math.max(first, last - 1)
}
