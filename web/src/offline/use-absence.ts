import { useEffect, useRef, useState } from 'react'

/** A connection that is back before this is no news. */
const patienceMs = 2_000
/** How long the good news stands. */
const joyMs = 3_000

/** `away` once there has been no connection for a while, `back` for a moment after that. */
export function useAbsence(isOpen: boolean): 'away' | 'back' | undefined {
  const [absence, setAbsence] = useState<'away' | 'back'>()
  const wasAway = useRef(false)
  useEffect(() => {
    if (isOpen) {
      setAbsence(wasAway.current ? 'back' : undefined)
      wasAway.current = false
    }
    const timer = setTimeout(
      () => {
        wasAway.current = !isOpen
        setAbsence(isOpen ? undefined : 'away')
      },
      isOpen ? joyMs : patienceMs,
    )
    return () => clearTimeout(timer)
  }, [isOpen])
  return absence
}
