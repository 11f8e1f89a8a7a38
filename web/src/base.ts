/**
 * What stands before all paths of this server: `/chat`, or nothing. The app's code is under it, in `assets` (in `src`
 * while it is developed), so that one build does under every path.
 */
export const base = baseOf(import.meta.url)

/** What is kept in this browser is kept under this name: servers under other paths of the host have others. */
export const keptAs = `parlance${base}`

/** The path above the folder of a script; none for one that comes from no server. */
export function baseOf(script: string): string {
  const { protocol, pathname } = new URL(script)
  return /^https?:$/.test(protocol) ? pathname.replace(/\/(?:assets|src)\/[^/]*$/, '') : ''
}

/** Puts a page that was asked for past the path under it: the server answers there, too. */
export function enterBase(): void {
  const { pathname, search, hash } = location
  if (pathname.startsWith(`${base}/`)) return
  const path = pathname === base ? '/' : pathname
  history.replaceState(history.state, '', base + path + search + hash)
}
