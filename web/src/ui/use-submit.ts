import { type FormEvent, useCallback, useState } from 'react'

/** A form on its way. */
export interface Submit {
  readonly isBusy: boolean
  /** What went wrong the last time; undefined while it is tried again. */
  readonly error: unknown
  /** For `onSubmit`. */
  readonly onSubmit: (event: FormEvent) => void
  readonly clearError: () => void
}

/** Sends a form: once at a time, and what is thrown is kept to be shown. */
export function useSubmit(action: () => Promise<unknown>): Submit {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const clearError = useCallback(() => setError(undefined), [])
  const run = async () => {
    setBusy(true)
    setError(undefined)
    try {
      await action()
    } catch (cause) {
      setError(cause)
    } finally {
      setBusy(false)
    }
  }
  return {
    isBusy,
    error,
    clearError,
    onSubmit: (event) => {
      event.preventDefault()
      if (!isBusy) void run()
    },
  }
}
