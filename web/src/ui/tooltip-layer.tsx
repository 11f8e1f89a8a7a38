import { Tooltip } from '@base-ui/react/tooltip'
import { useEffect, useState } from 'react'
import styles from './tooltip-layer.module.css'

const delayMs = 400

interface Shown {
  readonly element: HTMLElement
  readonly text: string
}

/** Whether a tip says no more than what is there to be read. */
function isPlain(element: HTMLElement, text: string): boolean {
  return element.textContent === text && element.scrollWidth <= element.clientWidth
}

/** The one tooltip of the page: shows `data-tip` of what is pointed at or has the focus by keyboard. */
export function TooltipLayer() {
  const [shown, setShown] = useState<Shown | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const hide = () => {
      clearTimeout(timer)
      setShown(null)
    }
    const show = (target: EventTarget | null, afterMs: number) => {
      const element = target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null
      const text = element?.dataset.tip
      hide()
      if (element === null || text === undefined || element.ariaExpanded === 'true' || isPlain(element, text))
        return
      timer = setTimeout(() => setShown({ element, text: element.dataset.tip ?? text }), afterMs)
    }
    const pointed = (event: PointerEvent) => event.pointerType === 'mouse' && show(event.target, delayMs)
    const focused = ({ target }: FocusEvent) =>
      target instanceof Element && target.matches(':focus-visible') && show(target, 0)
    const listening = new AbortController()
    const { signal } = listening
    document.addEventListener('pointerover', pointed, { signal })
    document.addEventListener('focusin', focused, { signal })
    for (const type of ['pointerdown', 'keydown', 'focusout', 'scroll'])
      document.addEventListener(type, hide, { signal, capture: true, passive: true })
    // The first move of a mouse has this loaded, and may have come to rest by now.
    show(document.querySelector('[data-tip]:hover'), delayMs)
    return () => {
      clearTimeout(timer)
      listening.abort()
    }
  }, [])
  const element = shown?.element
  // What it says may be learnt while it is shown.
  useEffect(() => {
    if (element === undefined) return
    const changes = new MutationObserver(() => {
      const text = element.dataset.tip
      if (text !== undefined) setShown({ element, text })
    })
    changes.observe(element, { attributeFilter: ['data-tip'] })
    return () => changes.disconnect()
  }, [element])
  return (
    <Tooltip.Root open={shown !== null}>
      <Tooltip.Portal>
        <Tooltip.Positioner
          className={styles.positioner}
          anchor={shown?.element ?? null}
          side="top"
          sideOffset={6}
          collisionPadding={8}
        >
          {/* The name of what it stands at says the same: it is for the eye alone. */}
          <Tooltip.Popup className={styles.popup} aria-hidden="true">
            {shown?.text}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
