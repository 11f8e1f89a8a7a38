import { useEffect, useRef } from 'react'

/** Whether anybody has done anything on this page: before, nobody has gone anywhere. */
let hasActed = false
const acted = () => {
  hasActed = true
}
for (const type of ['pointerdown', 'keydown']) addEventListener(type, acted, { once: true, capture: true })

/** What somebody is busy with: it keeps the focus. Not the field that holds the keys of what comes late (`ui/held-keys.ts`). */
const busy = 'input, textarea:not([aria-hidden]), [role=dialog] *, [role=alertdialog] *'

/**
 * Who goes to a room by mouse or keyboard writes, or joins, next. Not whoever has just loaded the page: `?` shows the keys there; and
 * not by finger: the keyboard of the screen would cover what is to be read.
 */
export function useEntering(focus: () => void): void {
  const latest = useRef(focus)
  latest.current = focus
  useEffect(() => {
    if (!hasActed || matchMedia('(pointer: coarse)').matches) return
    // A window from which one has come here is closed first, and gives back the focus.
    const frame = requestAnimationFrame(() => {
      if (document.activeElement?.matches(busy) !== true) latest.current()
    })
    return () => cancelAnimationFrame(frame)
  }, [])
}
