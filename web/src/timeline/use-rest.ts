import { useEffect, useRef } from 'react'

/** The list has come to rest where nothing was measured or scrolled for so long. */
const restMs = 200

interface Rest {
  readonly isMoving: () => boolean
  /** The list is on its way to a place. */
  readonly startRest: () => void
  /** Something of it has moved. */
  readonly restartRest: () => void
}

/**
 * Whether the list is on its way to a place, row by row as they are measured; `rested` is called when it is there.
 * Pages that come before would take it elsewhere.
 */
export function useRest(rested: () => void): Rest {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const startRest = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      timer.current = undefined
      rested()
    }, restMs)
  }
  return {
    isMoving: () => timer.current !== undefined,
    startRest,
    restartRest: () => {
      if (timer.current !== undefined) startRest()
    },
  }
}
