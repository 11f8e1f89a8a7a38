import { type RefObject, useRef } from 'react'
import type { VirtualizerHandle } from 'virtua'

/** Nearer than people can tell, in pixels. */
const slackPx = 0.5

/** A row of a list, by its index, and where it is to stand on the screen. */
interface Anchor {
  readonly handle: VirtualizerHandle
  readonly index: number
  readonly topPx: number
}

interface AnchorState {
  /** The list was scrolled: where its rows stand now is right. */
  readonly scrolled: () => void
  /** Sizes have changed: what was seen goes back to where it stood, unless the list is led elsewhere. */
  readonly resized: (isLed: boolean) => void
  /** The list has come to rest. */
  readonly rested: () => void
}

/**
 * Holds a row in its place on the screen while rows are measured, and while what is above the list comes and goes.
 *
 * The list by itself holds its topmost row, of which a part is seen. As one scrolls up fast, that row is measured only
 * once it is seen, and would push all that is below it. While older messages come the list holds its end: then it is
 * left alone.
 */
export function useAnchor(
  list: RefObject<VirtualizerHandle | null>,
  scroller: RefObject<HTMLElement | null>,
  count: number,
  isShift: boolean,
): AnchorState {
  const anchor = useRef<Anchor>(undefined)
  const isAtRest = useRef(true)
  const isShifting = useRef(false)
  const counted = useRef(count)

  const topOf = (handle: VirtualizerHandle, element: HTMLElement, index: number) =>
    element.getBoundingClientRect().top + handle.getItemOffset(index) - element.scrollTop

  const isSeen = ({ handle, index, topPx }: Anchor, element: HTMLElement) => {
    const { top, bottom } = element.getBoundingClientRect()
    return topPx < bottom && topPx + handle.getItemSize(index) > top
  }

  const remember = (handle: VirtualizerHandle, element: HTMLElement) => {
    const before = anchor.current
    if (before?.handle === handle) {
      anchor.current = { ...before, topPx: topOf(handle, element, before.index) }
      if (isSeen(anchor.current, element)) return
    }
    // A row that one reads grows downwards. As one scrolls, the one in the middle has been seen, and so measured.
    const fromTopPx = isAtRest.current ? 0 : element.clientHeight / 2
    const index = handle.findItemIndex(element.scrollTop + fromTopPx)
    anchor.current = { handle, index, topPx: topOf(handle, element, index) }
  }

  const look = (act: (handle: VirtualizerHandle, element: HTMLElement) => void) => {
    const [handle, element] = [list.current, scroller.current]
    if (handle === null || element === null) return
    if (counted.current !== count && isShift) {
      anchor.current = undefined
      isAtRest.current = false
      isShifting.current = true
    }
    counted.current = count
    act(handle, element)
    remember(handle, element)
  }

  return {
    scrolled: () =>
      look(() => {
        isAtRest.current = false
      }),
    resized: (isLed) =>
      look((handle, element) => {
        const before = anchor.current
        if (isLed || isShifting.current || before?.handle !== handle) return
        const astrayPx = topOf(handle, element, before.index) - before.topPx
        if (Math.abs(astrayPx) > slackPx) element.scrollBy({ top: astrayPx, behavior: 'instant' })
      }),
    rested: () =>
      look(() => {
        anchor.current = undefined
        isAtRest.current = true
        isShifting.current = false
      }),
  }
}
