import { useEffect, useState } from 'react'

/** The longest time that a timer of a browser can be set to. */
const maxTimerMs = 2_147_483_647

/** The time in milliseconds; the component is drawn again when the given moment has come. */
export function useNow(until: string | null): number {
  const [, setCome] = useState(until)
  useEffect(() => {
    const leftMs = until === null ? 0 : Date.parse(until) - Date.now()
    if (leftMs <= 0 || leftMs > maxTimerMs) return
    const timer = setTimeout(() => setCome(`${until} has come`), leftMs)
    return () => clearTimeout(timer)
  }, [until])
  return Date.now()
}
