import { useEffect, useState } from 'react'
import { serverNow } from '../chat/now.ts'

/** The server's time in milliseconds since the epoch, again every `stepMs`. */
export function useNow(stepMs = 1_000): number {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), stepMs)
    return () => clearInterval(timer)
  }, [stepMs])
  return now
}
