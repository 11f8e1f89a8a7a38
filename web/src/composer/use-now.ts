import { useEffect, useState } from 'react'
import { serverNow } from '../chat/now.ts'

/** The server's time may become known, and machines sleep: it looks this often. */
const lookMs = 5_000

/** The server's time in milliseconds; the component is drawn again when the given moment has come. */
export function useNow(until: string | null): number {
  const [looks, setLooks] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each look waits for the next one.
  useEffect(() => {
    const leftMs = until === null ? 0 : Date.parse(until) - serverNow()
    if (leftMs <= 0) return
    const timer = setTimeout(() => setLooks((before) => before + 1), Math.min(leftMs, lookMs))
    return () => clearTimeout(timer)
  }, [until, looks])
  return serverNow()
}
