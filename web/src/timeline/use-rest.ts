import { useCallback, useEffect, useRef } from 'react'

/** The list has come to rest where nothing was measured or scrolled for so long. */
const restMs = 200

interface Rest {
  readonly isAtRest: () => boolean
  /** Whether the list is on its way to a place, and nobody leads it elsewhere. */
  readonly isMoving: () => boolean
  /** The list is on its way to a place. */
  readonly startRest: () => void
  /** Something of it has moved. */
  readonly restartRest: () => void
  /** Somebody leads it elsewhere: it is on no way of its own any more. */
  readonly stopMoving: () => void
}

/**
 * Whether the list is on its way to a place, row by row as they are measured; `rested` is called when it is there.
 * Pages that come before would take it elsewhere.
 */
export function useRest(rested: () => void): Rest {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const isLed = useRef(false)
  useEffect(() => () => clearTimeout(timer.current), [])
  const restart = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      timer.current = undefined
      isLed.current = false
      rested()
    }, restMs)
  }
  const stopMoving = useCallback(() => {
    isLed.current = false
  }, [])
  return {
    isAtRest: () => timer.current === undefined,
    isMoving: () => isLed.current,
    startRest: () => {
      isLed.current = true
      restart()
    },
    restartRest: () => {
      if (timer.current !== undefined) restart()
    },
    stopMoving,
  }
}
