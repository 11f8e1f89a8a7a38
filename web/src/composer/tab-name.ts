import { keptAs } from '../base.ts'

const key = `${keptAs}.tab`

/**
 * The name of this tab, the same over a reload. It is in the session's storage only while no page is there to use it: a
 * tab that is opened from this one, or a copy of it, has a copy of that storage, and is to have a name of its own.
 */
export function tabName(): string {
  const name = taken() ?? crypto.getRandomValues(new Uint32Array(2)).join('')
  addEventListener('pagehide', () => {
    try {
      sessionStorage.setItem(key, name)
    } catch {
      // A browser that forbids storage keeps no drafts either.
    }
  })
  addEventListener('pageshow', taken)
  return name
}

function taken(): string | undefined {
  try {
    const name = sessionStorage.getItem(key) ?? undefined
    sessionStorage.removeItem(key)
    return name
  } catch {
    return undefined
  }
}
