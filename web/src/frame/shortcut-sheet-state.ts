import { useEffect, useSyncExternalStore } from 'react'
import { isTyping } from './is-typing.ts'

const listeners = new Set<() => void>()
let isShown = false

export function showShortcuts(): void {
  become(true)
}

export function hideShortcuts(): void {
  become(false)
}

/** Whether the sheet of keys is open; `?` opens it. */
export function useShortcutSheet(): boolean {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return
      event.preventDefault()
      showShortcuts()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
  return useSyncExternalStore(subscribe, () => isShown)
}

function become(next: boolean): void {
  isShown = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
