import { navigate } from 'wouter/use-browser-location'
import { serviceWorker } from '../offline/service-worker.ts'
import { hrefOf } from '../paths.ts'
import { clipMarks } from '../texts/clip-marks.ts'

interface Told {
  readonly title: string
  readonly body: string
  /** The place to which a click leads. */
  readonly path: string
  /** A newer one of the same tag takes its place. */
  readonly tag: string
}

/** Shows a notification, where the browser was allowed to; through the service worker, which outlives the tab. */
export async function showNotification({ title: name, body: text, path, tag }: Told): Promise<void> {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return
  const [title, body] = [clipMarks(name), clipMarks(text)]
  const options = { body, tag, data: hrefOf(path), icon: hrefOf('/icon.svg') }
  const registration = await serviceWorker()
  // One that is still being installed shows nothing.
  if (registration?.active != null) {
    await registration.showNotification(title, options)
    return
  }
  const notification = new Notification(title, options)
  notification.addEventListener('click', () => {
    focus()
    navigate(hrefOf(path))
    notification.close()
  })
}
