import type { Storage } from '@parlance/client/storage'
import { createStore, del, get, set } from 'idb-keyval'
import { keptAs } from '../base.ts'

/** What survives a reload, in IndexedDB; it is opened when it is first used. */
export function idbStorage(): Storage {
  let opened: ReturnType<typeof createStore> | undefined
  const store = () => {
    opened ??= createStore(keptAs, 'kept')
    return opened
  }
  return {
    get: (key) => get<string>(key, store()),
    set: (key, value) => set(key, value, store()),
    delete: (key) => del(key, store()),
  }
}
