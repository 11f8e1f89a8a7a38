import type { Message } from '@parlance/client/models'
import { useSyncExternalStore } from 'react'

/** What is open over one message of the open room; there is one at a time. */
export interface MessageOverlay {
  readonly kind: 'menu' | 'picker' | 'remove' | 'reactors'
  readonly message: Message
  /** What it stands at; it has the focus again afterwards. */
  readonly opener: HTMLElement
}

let current: MessageOverlay | null = null
const listeners = new Set<() => void>()

/** Opens one, in the place of another; null closes it. */
export function showOverlay(next: MessageOverlay | null): void {
  current = next
  for (const listener of listeners) listener()
}

export function isOverlayOpen(): boolean {
  return current !== null
}

export function useOverlay(): MessageOverlay | null {
  return useSyncExternalStore(subscribe, () => current)
}

/** Whether something stands over this message: its toolbar has to stay as long. */
export function useHasOverlay(id: Message['id']): boolean {
  return useSyncExternalStore(subscribe, () => current?.message.id === id)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
