import { useSyncExternalStore } from 'react'

/** What the browser lets us do; pages without TLS may not even ask. */
export function useNotificationPermission(): NotificationPermission | 'unsupported' {
  return useSyncExternalStore(subscribe, () =>
    'Notification' in globalThis ? Notification.permission : 'unsupported',
  )
}

function subscribe(listener: () => void): () => void {
  let status: PermissionStatus | undefined
  let isWanted = true
  navigator.permissions.query({ name: 'notifications' }).then(
    (found) => {
      if (!isWanted) return
      status = found
      status.addEventListener('change', listener)
      listener()
    },
    () => {},
  )
  return () => {
    isWanted = false
    status?.removeEventListener('change', listener)
  }
}
