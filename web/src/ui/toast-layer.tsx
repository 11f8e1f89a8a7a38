import { CSPProvider } from '@base-ui/react/csp-provider'
import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { IconButton } from './icon-button.tsx'
import styles from './toast-layer.module.css'

const manager = Toast.createToastManager()
/** The place listens from its first effects on; what is added before is lost. */
const listening = Promise.withResolvers<void>()
let isMounted = false

/** Shows a toast at the edge of the page; the first one makes its place. */
export function showToast(toast: Parameters<typeof manager.add>[0]): void {
  if (!isMounted) {
    isMounted = true
    const place = document.createElement('div')
    document.body.append(place)
    createRoot(place).render(<ToastLayer />)
  }
  void listening.promise.then(() => manager.add(toast))
}

function ToastLayer() {
  useEffect(() => listening.resolve(), [])
  return (
    <CSPProvider disableStyleElements>
      <Toast.Provider toastManager={manager} limit={3} timeout={6_000}>
        <Toast.Viewport className={styles.viewport}>
          <Toasts />
        </Toast.Viewport>
      </Toast.Provider>
    </CSPProvider>
  )
}

function Toasts() {
  const { toasts } = Toast.useToastManager()
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={styles.toast} swipeDirection={['right', 'down']}>
      <Toast.Content className={styles.content}>
        <Toast.Title className={styles.title} />
        <Toast.Close render={<IconButton label="×" icon={<X />} size="sm" />} />
      </Toast.Content>
    </Toast.Root>
  ))
}
