import type { Seq } from '@parlance/client/models'
import { useEffect, useState } from 'react'

const shownMs = 2_000

/** The message that a link has led to, for a moment. */
export function useHighlight(): readonly [Seq | null, (seq: Seq) => void] {
  const [shown, setShown] = useState<{ readonly seq: Seq } | null>(null)
  useEffect(() => {
    if (shown === null) return
    const timer = setTimeout(() => setShown(null), shownMs)
    return () => clearTimeout(timer)
  }, [shown])
  return [shown?.seq ?? null, (seq) => setShown({ seq })]
}
