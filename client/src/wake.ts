interface Target {
  addEventListener?(type: string, listener: () => void): void
  removeEventListener?(type: string, listener: () => void): void
}

/** Tells when a browser comes back online or its page becomes visible; nothing elsewhere. Gives what ends it. */
export function onWake(listener: () => void): () => void {
  const page = globalThis as Target & { document?: Target & { readonly visibilityState?: string } }
  const { document } = page
  const seen = () => {
    if (document?.visibilityState === 'visible') listener()
  }
  page.addEventListener?.('online', listener)
  document?.addEventListener?.('visibilitychange', seen)
  return () => {
    page.removeEventListener?.('online', listener)
    document?.removeEventListener?.('visibilitychange', seen)
  }
}
