import { isAppPath } from './app-path.ts'

declare const self: ServiceWorkerGlobalScope

/** What the page may say to its worker, and the worker to its pages. */
type FromPage = { readonly type: 'keep'; readonly urls: readonly string[] }

/** The files that the page begins with, and all that were built; put in by the build. */
const first: readonly string[] = JSON.parse('__FIRST__')
const all: readonly string[] = JSON.parse('__ALL__')

/** What stands before the app's paths: the worker is at its root. */
const base = self.location.pathname.replace(/\/[^/]*$/, '')
const pathOf = (name: string) => `${base}/${name}`

const cacheName = `parlance${base}`
const page = pathOf('')
const icons = ['icon.svg', 'icon-unread.svg'].map(pathOf)

/** Pages are served one after the other: what one has brought is not asked for again. */
let keeping = Promise.resolve()

/** Milliseconds for which a page is waited for before the kept one is shown. */
const patienceMs = 2_000

self.addEventListener('install', (event) => {
  event.waitUntil(install())
})

self.addEventListener('activate', (event) => {
  event.waitUntil(activate())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate') {
    if (isOwnPage(pathname)) event.respondWith(answerPage(request))
  } else if (pathname.startsWith(pathOf('assets/')) || icons.includes(pathname)) {
    event.respondWith(answerFile(request))
  }
})

self.addEventListener('message', (event) => {
  const { type, urls }: FromPage = event.data
  if (type !== 'keep') return
  keeping = keeping.catch(() => {}).then(() => keep(urls))
  event.waitUntil(keeping)
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(open(String(event.notification.data)))
})

/** Whether it is a place of this app, and of no other one on this host. */
function isOwnPage(pathname: string): boolean {
  return pathname.startsWith(pathOf('')) && isAppPath(pathname.slice(base.length))
}

/** Keeps what the page begins with. A new version takes over at once; pages that are open stay as they are. */
async function install(): Promise<void> {
  const cache = await caches.open(cacheName)
  const fresh = [page, ...icons].map((path) => new Request(path, { cache: 'reload', credentials: 'omit' }))
  await cache.addAll([...first.map(pathOf), ...fresh])
  await self.skipWaiting()
}

async function activate(): Promise<void> {
  const current = new Set([page, ...icons, ...all.map(pathOf)])
  const cache = await caches.open(cacheName)
  const old = (await cache.keys()).filter(({ url }) => !current.has(new URL(url).pathname))
  await Promise.all(old.map((request) => cache.delete(request)))
  await self.clients.claim()
}

/** What a page had loaded before it had a worker, and all code: what was never opened opens without a network too. */
async function keep(urls: readonly string[]): Promise<void> {
  const loaded = urls.map((url) => new URL(url).pathname.slice(pathOf('').length))
  // A page of another build is left to the worker of that build.
  if (!first.every((name) => loaded.includes(name))) return
  // A page that began while the worker was on its way to be active has none yet.
  await self.clients.claim()
  const cache = await caches.open(cacheName)
  const wanted = all.filter((name) => /\.(?:js|css)$/.test(name) || loaded.includes(name))
  await Promise.all(
    wanted.map(pathOf).map(async (url) => (await cache.match(url, { ignoreVary: true })) ?? cache.add(url)),
  )
}

/** The page as the server has it; where it is out of reach, or slow, the one that is kept. */
async function answerPage(request: Request): Promise<Response> {
  const asked = fetch(request)
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patienceMs, undefined))
  const answer = await Promise.race([asked, late]).catch(() => undefined)
  if (answer !== undefined && answer.status < 500) return answer
  return (await caches.match(page, { ignoreVary: true })) ?? asked
}

/** Files have their content in their name: the kept one is the right one. */
async function answerFile(request: Request): Promise<Response> {
  const kept = await caches.match(request, { ignoreVary: true })
  if (kept !== undefined) return kept
  const answer = await fetch(request)
  if (answer.ok) await (await caches.open(cacheName)).put(request, answer.clone())
  return answer
}

/** Shows the place a notification tells of, in a page of the app that is there already or in a new one. */
async function open(path: string): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window' })
  const client = windows.find(({ url }) => isOwnPage(new URL(url).pathname))
  if (client === undefined) {
    await self.clients.openWindow(path)
    return
  }
  await client.focus()
  client.postMessage({ type: 'open', path })
}
