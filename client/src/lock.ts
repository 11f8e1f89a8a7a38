import type { Storage } from './storage.ts'

interface Locks {
  request<T>(name: string, run: () => Promise<T>): Promise<T>
}

const tails = new WeakMap<Storage, Promise<unknown>>()

/**
 * Runs alone among all clients of this storage: those of this page, and of other tabs where the platform has
 * the Web Locks API.
 */
export function withLock<T>(storage: Storage, name: string, run: () => Promise<T>): Promise<T> {
  const { locks } = (globalThis as { navigator?: { locks?: Locks } }).navigator ?? {}
  const before = tails.get(storage) ?? Promise.resolve()
  const result = before.then(() => (locks === undefined ? run() : locks.request(`parlance.${name}`, run)))
  tails.set(
    storage,
    result.catch(() => {}),
  )
  return result
}
