import type { OwnRoom } from '@parlance/client/models'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type RefObject, useCallback, useEffect, useState } from 'react'
import { useAllTexts } from '../texts/late-texts.ts'
import { classNames } from '../ui/class-names.ts'
import styles from './more-unread.module.css'

/** The heading of a section stays over the first rows, in pixels. */
const headingPx = 32
/** Of the last row so much has to be seen that one takes notice of it, in pixels. */
const noticedPx = 12

interface Hidden {
  readonly above: boolean
  readonly below: boolean
}

interface MoreUnreadProps {
  /** What scrolls the list. */
  readonly scroller: RefObject<HTMLElement | null>
  readonly rooms: readonly OwnRoom[]
}

/** Leads to the rooms of a long list in which something waits out of sight, above and below. */
export function MoreUnread({ scroller, rooms }: MoreUnreadProps) {
  const { rooms: texts } = useAllTexts()
  const [hidden, setHidden] = useState<Hidden>({ above: false, below: false })
  const look = useCallback(() => {
    const element = scroller.current
    if (element === null) return
    const above = hiddenRows(element, 'above').length > 0
    const below = hiddenRows(element, 'below').length > 0
    setHidden((before) => (before.above === above && before.below === below ? before : { above, below }))
  }, [scroller])
  // biome-ignore lint/correctness/useExhaustiveDependencies: something else may wait, or elsewhere
  useEffect(look, [look, rooms])
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const sizes = new ResizeObserver(look)
    sizes.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      sizes.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller, look])
  const show = (side: keyof Hidden) => {
    const rows = scroller.current === null ? [] : hiddenRows(scroller.current, side)
    const nearest = rows.at(side === 'above' ? -1 : 0)
    nearest?.scrollIntoView({ block: 'center' })
    nearest?.focus({ preventScroll: true })
  }
  return (
    <>
      {(['above', 'below'] as const).map(
        (side) =>
          hidden[side] && (
            <button
              key={side}
              type="button"
              className={classNames(styles.button, styles[side])}
              onClick={() => show(side)}
            >
              {side === 'above' ? <ArrowUp aria-hidden="true" /> : <ArrowDown aria-hidden="true" />}
              {texts.moreUnread}
            </button>
          ),
      )}
    </>
  )
}

/** The rows of rooms in which something waits that end above what is seen of the list, or begin below it. */
function hiddenRows(scroller: HTMLElement, side: keyof Hidden): HTMLElement[] {
  const { top, bottom } = scroller.getBoundingClientRect()
  return [...scroller.querySelectorAll<HTMLElement>('[data-unread]')].filter((row) => {
    const box = row.getBoundingClientRect()
    const isHidden =
      side === 'above' ? box.bottom < top + headingPx + noticedPx : box.top > bottom - noticedPx
    return isHidden && row.checkVisibility()
  })
}
