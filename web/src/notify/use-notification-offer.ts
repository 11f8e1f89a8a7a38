import { useEffect, useState } from 'react'
import { useAccount, useClient } from '../chat/client.ts'
import { prefer, usePreferences } from '../preferences.ts'
import { useNotificationPermission } from './use-notification-permission.ts'

interface NotificationOffer {
  readonly isShown: boolean
  readonly close: () => void
}

/**
 * Whether to offer notifications: once on this device, after the first message that one sends where one looks, and only where the
 * browser has not been asked yet.
 */
export function useNotificationOffer(): NotificationOffer {
  const client = useClient()
  const { id: me } = useAccount()
  const { isOffered } = usePreferences()
  const canAsk = useNotificationPermission() === 'default'
  const [isShown, setShown] = useState(false)
  const isWanted = canAsk && !isOffered
  useEffect(() => {
    if (!isWanted) return
    return client.listen({
      event({ type, actor }) {
        if (type !== 'message.created' || actor.id !== me || !document.hasFocus()) return
        setShown(true)
        prefer({ isOffered: true })
      },
    })
  }, [client, me, isWanted])
  return { isShown: isShown && canAsk, close: () => setShown(false) }
}
