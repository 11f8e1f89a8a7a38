import { type RefObject, useEffect } from 'react'

/** Home and End go to the ends of the room also where nothing has the focus: the list takes it, and the key. */
export function useEndKeys(scroller: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const { key, ctrlKey, altKey, metaKey, shiftKey, target, isTrusted } = event
      if ((key !== 'Home' && key !== 'End') || ctrlKey || altKey || metaKey || shiftKey || !isTrusted) return
      if (event.defaultPrevented || target !== document.body) return
      event.preventDefault()
      scroller.current?.focus({ preventScroll: true })
      scroller.current?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [scroller])
}
