import { useEffect, useRef } from 'react'
import { closeByHistory } from './close-by-history.ts'

/** While something is open, going back closes it in the place of leaving the page: the upper of two first. */
export function useBack(isOpen: boolean, onBack: () => void): void {
  const latest = useRef(onBack)
  latest.current = onBack
  useEffect(() => {
    if (isOpen) return closeByHistory(() => latest.current())
  }, [isOpen])
}
