import { useEffect, useRef } from 'react'

declare global {
  /** What the back button or gesture of a phone closes (HTML, 6.9); not every browser has it, nor do types know it. */
  var CloseWatcher: (new () => { onclose: (() => void) | null; destroy(): void }) | undefined
}

/** While something is open, going back closes it in the place of leaving the page. */
export function useBack(isOpen: boolean, onBack: () => void): void {
  const latest = useRef(onBack)
  latest.current = onBack
  useEffect(() => {
    if (!isOpen || globalThis.CloseWatcher === undefined) return
    const watcher = new globalThis.CloseWatcher()
    watcher.onclose = () => latest.current()
    return () => watcher.destroy()
  }, [isOpen])
}
