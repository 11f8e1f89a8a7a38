type Awaitable<T> = T | PromiseLike<T>

/**
 * Where the application lets the client keep what survives a reload: the tokens, the outbox, the positions.
 * One storage belongs to one server. IndexedDB, a file or a `Map` behind three functions will do.
 */
export interface Storage {
  get(key: string): Awaitable<string | null | undefined>
  set(key: string, value: string): Awaitable<unknown>
  delete(key: string): Awaitable<unknown>
}

/** Reads a value that was kept as JSON; undefined where there is none, or none that can be read. */
export async function readKept<T>(storage: Storage, key: string): Promise<T | undefined> {
  try {
    const text = await storage.get(key)
    return typeof text === 'string' ? (JSON.parse(text) as T) : undefined
  } catch {
    return undefined
  }
}

/** Keeps a value; undefined removes it. A storage that fails costs what was to survive, and nothing else. */
export async function keep(storage: Storage, key: string, value: unknown): Promise<void> {
  try {
    if (value === undefined) await storage.delete(key)
    else await storage.set(key, JSON.stringify(value))
  } catch {
    // The full or forbidden storage of a browser is no reason to stop chatting.
  }
}
