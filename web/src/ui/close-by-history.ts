/**
 * Closing by going back: each open window has an entry in the history, which says how many are open there. Going back leaves
 * it, and closes; closing in another way goes back itself. CloseWatcher is no way to it: Safari and Firefox lack it, and the
 * back button of a desktop does not ask it.
 */

/** What is open, the upper last. */
const open: (() => void)[] = []
/** Entries of windows that the history stands on now, one upon the other. */
let entries = 0
/** On the way to another entry, by this module. */
let isTravelling = false
let isListening = false
/** What goes somewhere while this module is on its way: it waits for the arrival. */
const waiting: (() => void)[] = []

/** Closes by `close` when one goes back; gives what ends that, where it was closed in another way. */
export function closeByHistory(close: () => void): () => void {
  listen()
  open.push(close)
  queueMicrotask(settle)
  return () => {
    const at = open.lastIndexOf(close)
    if (at >= 0) open.splice(at, 1)
    // What opens in its place within the same turn takes its entry over.
    queueMicrotask(settle)
  }
}

/** Gives each open window its entry, and takes away those of windows that are gone. */
function settle(): void {
  if (isTravelling) return
  while (entries < open.length) {
    entries += 1
    history.pushState({ ...state(), windows: entries }, '')
  }
  if (entries > open.length) {
    isTravelling = true
    history.go(open.length - entries)
  }
}

function listen(): void {
  if (isListening) return
  isListening = true
  // A page that was loaded anew has nothing open.
  if (windowsHere() > 0) history.replaceState({ ...state(), windows: 0 }, '')
  addEventListener('popstate', travelled)
  // Who goes somewhere from a window goes from the page beneath it: its entry becomes that of the new place.
  const push = history.pushState.bind(history)
  history.pushState = (next: unknown, unused: string, url?: string | URL | null) => {
    const isOwn = typeof next === 'object' && next !== null && 'windows' in next
    if (isTravelling) {
      waiting.push(() => history.pushState(next, unused, url))
      return
    }
    if (isOwn || entries === 0) {
      push(next, unused, url)
      return
    }
    entries = 0
    history.replaceState(next, unused, url)
  }
}

function travelled(): void {
  const here = windowsHere()
  if (isTravelling) {
    isTravelling = false
    entries = here
    for (const go of waiting.splice(0)) go()
    settle()
    return
  }
  // Forward to a window that is closed: there is nothing to see there.
  if (here > open.length) {
    entries = here
    settle()
    return
  }
  entries = here
  while (open.length > here) open.pop()?.()
}

function state(): object {
  const { state: now } = history as { state: unknown }
  return typeof now === 'object' && now !== null ? now : {}
}

function windowsHere(): number {
  const { windows } = state() as { windows?: unknown }
  return typeof windows === 'number' ? windows : 0
}
