import { useCallback } from 'react'
import { copyText } from '../ui/copy-text.ts'
import { useToasts } from '../ui/toasts.ts'

/** Copies a text and says so; what the browser forbids is said too. */
export function useCopy(): (text: string, said: string) => void {
  const { say, fail } = useToasts()
  return useCallback(
    (text, said) => {
      copyText(text).then(() => say(said), fail)
    },
    [say, fail],
  )
}
