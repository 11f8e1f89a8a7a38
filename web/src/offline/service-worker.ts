import { navigate } from 'wouter/use-browser-location'
import { hrefOf } from '../paths.ts'

const script = hrefOf('/sw.js')

declare global {
  /** As much of Trusted Types as is used here; the library of types does not have them. */
  interface Window {
    readonly trustedTypes?: {
      createPolicy(
        name: string,
        rules: { createScriptURL(url: string): string },
      ): { createScriptURL(url: string): string }
    }
  }
}

/** The worker that keeps the app for when there is no network; undefined where there is none. */
export async function serviceWorker(): Promise<ServiceWorkerRegistration | undefined> {
  return navigator.serviceWorker?.getRegistration()
}

/** Lets the worker be installed once the page has nothing better to do, and listens to what it says. */
export function startServiceWorker(): void {
  const { serviceWorker: container } = navigator
  if (!import.meta.env.PROD || container === undefined) return
  container.addEventListener('message', ({ data }: MessageEvent<{ type: 'open'; path: string }>) => {
    if (data.type === 'open') navigate(data.path)
  })
  // The worker of a newer build takes over while pages are open: it has their code to keep, too.
  const register = () =>
    container.register(trusted()).then(() => {
      container.addEventListener('controllerchange', giveLoaded)
      return giveLoaded()
    })
  addEventListener('load', () => void register().catch(() => {}), { once: true })
}

/** The page may make a script of this one address, and of no other string (Trusted Types). */
function trusted(): string {
  const rules = {
    createScriptURL(url: string) {
      if (url !== script) throw new TypeError('Not the service worker.')
      return url
    },
  }
  return window.trustedTypes?.createPolicy('parlance', rules).createScriptURL(script) ?? script
}

/** Tells the worker what the page had loaded before it was there. */
async function giveLoaded(): Promise<void> {
  // From then on it sees for itself what is loaded.
  const { active } = await navigator.serviceWorker.ready
  const urls = performance.getEntriesByType('resource').map(({ name }) => name)
  active?.postMessage({
    type: 'keep',
    urls: urls.filter((url) => url.startsWith(`${location.origin}${hrefOf('/assets/')}`)),
  })
}
