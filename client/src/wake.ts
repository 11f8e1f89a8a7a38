interface Target {
  addEventListener?(type: string, listener: () => void): void
  removeEventListener?(type: string, listener: () => void): void
}

/**
 * Tells when a browser comes back online or its page becomes visible, and when the page is hidden or goes; nothing
 * elsewhere. Gives what ends it.
 */
export function onWake(listener: () => void, hidden: () => void): () => void {
  const page = globalThis as Target & { document?: Target & { readonly visibilityState?: string } }
  const { document } = page
  const seen = () => {
    if (document?.visibilityState === 'visible') listener()
    else hidden()
  }
  page.addEventListener?.('online', listener)
  page.addEventListener?.('pagehide', hidden)
  document?.addEventListener?.('visibilitychange', seen)
  return () => {
    page.removeEventListener?.('online', listener)
    page.removeEventListener?.('pagehide', hidden)
    document?.removeEventListener?.('visibilitychange', seen)
  }
}
