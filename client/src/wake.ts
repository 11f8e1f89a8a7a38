interface Target {
  addEventListener?(type: string, listener: () => void): void
  removeEventListener?(type: string, listener: () => void): void
}

/** Tells when a browser comes back online or its page becomes visible; nothing elsewhere. Gives what ends it. */
export function onWake(listener: () => void): () => void {
  const { document } = globalThis as { document?: Target & { readonly visibilityState?: string } }
  const window: Target = globalThis
  const seen = () => {
    if (document?.visibilityState === 'visible') listener()
  }
  window.addEventListener?.('online', listener)
  document?.addEventListener?.('visibilitychange', seen)
  return () => {
    window.removeEventListener?.('online', listener)
    document?.removeEventListener?.('visibilitychange', seen)
  }
}
