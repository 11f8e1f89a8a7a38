import { keptAs } from '../base.ts'
import { hrefOf, paths } from '../paths.ts'

const key = `${keptAs}.reloaded`
/** A reload that did not help is not tried again before this. */
const pauseMs = 30_000

/**
 * Where a part of this page cannot be loaded since the server has a newer app, the page is loaded anew. What is on its
 * way and what was drafted survives that. A server that is away is no reason: there would be no page at all.
 */
export function reloadWhenStale(): void {
  addEventListener('vite:preloadError', () => void reload())
}

async function reload(): Promise<void> {
  const lastMs = Number(sessionStorage.getItem(key) ?? 0)
  // A clock that was set back says nothing.
  if (Math.abs(Date.now() - lastMs) < pauseMs || !(await isStale())) return
  sessionStorage.setItem(key, String(Date.now()))
  location.reload()
}

/** Whether the server's page begins with other code than this one. */
async function isStale(): Promise<boolean> {
  const own = document.querySelector('script[type=module][src]')?.getAttribute('src')
  try {
    const answer = await fetch(hrefOf(paths.home), { cache: 'no-store', credentials: 'omit' })
    return answer.ok && own != null && !(await answer.text()).includes(own)
  } catch {
    return false
  }
}
