import type { Storage } from '../../src/storage.ts'

/** A storage that outlives clients, as a browser's does. */
export class MemoryStorage implements Storage {
  readonly values: Map<string, string>

  constructor(values: Iterable<readonly [string, string]> = []) {
    this.values = new Map(values)
  }

  async get(key: string): Promise<string | undefined> {
    return this.values.get(key)
  }

  async set(key: string, value: string): Promise<void> {
    this.values.set(key, value)
  }

  async delete(key: string): Promise<void> {
    this.values.delete(key)
  }
}
