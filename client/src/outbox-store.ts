import { ParlanceError, type ParlanceErrorCode } from './errors.ts'
import { withLock } from './lock.ts'
import type { PendingMessage } from './pending.ts'
import { keep, readKept, type Storage } from './storage.ts'

interface Kept extends Omit<PendingMessage, 'state'> {
  readonly failed?: { readonly code: ParlanceErrorCode; readonly message: string }
}

/**
 * The outbox as it survives a reload. Other tabs have messages of their own in it: each change is applied to what is
 * there, alone.
 */
export class OutboxStore {
  readonly #storage: Storage
  readonly #key: string
  /** What has to be written: a message, or that it is gone. */
  readonly #changes = new Map<string, Kept | null>()
  #writing: Promise<void> | undefined

  constructor(storage: Storage, user: number) {
    this.#storage = storage
    this.#key = `outbox.${user}`
  }

  async load(): Promise<PendingMessage[]> {
    const kept = await this.#read()
    return kept.map(({ failed, ...message }) => ({
      ...message,
      state:
        failed === undefined
          ? { kind: 'sending' }
          : { kind: 'failed', error: new ParlanceError(failed.code, failed.message) },
    }))
  }

  put({ state, ...message }: PendingMessage): void {
    const { code, message: reason } = state.kind === 'failed' ? state.error : {}
    this.#change(message.nonce, {
      ...message,
      ...(code !== undefined && reason !== undefined && { failed: { code, message: reason } }),
    })
  }

  remove(nonce: string): void {
    this.#change(nonce, null)
  }

  /** Wipes it all, other tabs' messages as well: the session was theirs, too. */
  async forget(): Promise<void> {
    this.#changes.clear()
    await withLock(this.#storage, this.#key, () => keep(this.#storage, this.#key, undefined)).catch(() => {})
  }

  /** Resolves when everything so far has been written. */
  async flushed(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing
  }

  /** What is there, as far as it is messages. */
  async #read(): Promise<readonly Kept[]> {
    const kept = await readKept<readonly (Partial<Kept> | null)[]>(this.#storage, this.#key)
    return Array.isArray(kept) ? kept.filter(isKept) : []
  }

  #change(nonce: string, change: Kept | null): void {
    this.#changes.set(nonce, change)
    this.#writing ??= this.#writeAll()
  }

  /** What changes while the lock is given back is written as well. */
  async #writeAll(): Promise<void> {
    try {
      while (this.#changes.size > 0) await withLock(this.#storage, this.#key, () => this.#write())
    } catch {
      // A page that is going away gets no lock any more.
    } finally {
      this.#writing = undefined
    }
  }

  async #write(): Promise<void> {
    const kept = await this.#read()
    const after = new Map(kept.map((message) => [message.nonce, message]))
    for (const [nonce, change] of this.#changes) {
      // One that is tried again goes after those that wait.
      if (change === null || after.get(nonce)?.failed !== undefined) after.delete(nonce)
      if (change !== null) after.set(nonce, change)
    }
    this.#changes.clear()
    await keep(this.#storage, this.#key, after.size === 0 ? undefined : [...after.values()])
  }
}

function isKept(value: Partial<Kept> | null): value is Kept {
  return typeof value?.nonce === 'string' && typeof value.room === 'number' && typeof value.text === 'string'
}
