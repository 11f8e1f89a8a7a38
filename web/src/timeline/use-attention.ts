import { useSyncExternalStore } from 'react'

/** Whether a person looks at the page: it is visible and has the focus. */
export function useAttention(): boolean {
  return useSyncExternalStore(subscribe, () => document.visibilityState === 'visible' && document.hasFocus())
}

function subscribe(changed: () => void): () => void {
  const listening = new AbortController()
  const { signal } = listening
  document.addEventListener('visibilitychange', changed, { signal })
  addEventListener('focus', changed, { signal })
  addEventListener('blur', changed, { signal })
  return () => listening.abort()
}
