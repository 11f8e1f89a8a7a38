/** Where somebody is: the room in the URL, which can be shared; the name in this tab, and in the next ones. */

const key = 'parlance.name'

/** @returns {{ room: string, name: string | null }} */
export function readPlace() {
  const room = new URLSearchParams(location.search).get('room') ?? ''
  return { room, name: stored(() => sessionStorage.getItem(key)) ?? stored(() => localStorage.getItem(key)) }
}

/** @param {{ room: string, name: string }} place */
export function keepPlace({ room, name }) {
  const url = new URL(location.href)
  url.searchParams.set('room', room)
  history.replaceState(null, '', url)
  stored(() => sessionStorage.setItem(key, name))
  stored(() => localStorage.setItem(key, name))
}

/** The name stays, the room goes: a reload does not join it again. */
export function forgetRoom() {
  const url = new URL(location.href)
  url.searchParams.delete('room')
  history.replaceState(null, '', url)
}

/**
 * Browsers may forbid storage; then nothing is kept.
 * @template T
 * @param {() => T} access
 * @returns {T | null}
 */
function stored(access) {
  try {
    return access()
  } catch {
    return null
  }
}
