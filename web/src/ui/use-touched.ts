import { startTransition, useEffect, useState } from 'react'

/** Whether anybody has touched the page yet: what nobody sees before is loaded then. */
export function useTouched(): boolean {
  const [isTouched, setTouched] = useState(false)
  useEffect(() => {
    const listening = new AbortController()
    const touched = () => {
      listening.abort()
      // Not within the touch itself: what it is for comes first.
      startTransition(() => setTouched(true))
    }
    for (const type of ['pointermove', 'pointerdown', 'keydown'])
      addEventListener(type, touched, { signal: listening.signal, passive: true })
    return () => listening.abort()
  }, [])
  return isTouched
}
