import { useEffect } from 'react'
import { keptAs } from '../base.ts'
import { useAccount, useClient } from '../chat/client.ts'
import { useTexts } from '../texts/texts.ts'
import { loadLater } from '../ui/late.tsx'

/** The lock of the one tab that notifies; the others wait for it. */
const notifierLock = `${keptAs}.notifier`

const load = () => import('./notify.ts')
loadLater(load)

/** Tells the desktop of new messages, from one tab of all; the code for it comes with the first message. */
export function useNotifications(): void {
  const client = useClient()
  const texts = useTexts()
  const { id: me } = useAccount()
  useEffect(() => {
    if (navigator.locks === undefined) return
    const waiting = new AbortController()
    const { promise, resolve } = Promise.withResolvers<void>()
    let isNotifier = false
    navigator.locks
      .request(notifierLock, { signal: waiting.signal }, () => {
        isNotifier = true
        return promise
      })
      .catch(() => {})
    const stop = client.listen({
      event(event) {
        if (!isNotifier || event.type !== 'message.created' || event.actor.id === me) return
        load().then(
          ({ notify }) => notify(event, { client, texts, me }),
          // Out of reach: the next message asks again.
          () => {},
        )
      },
    })
    return () => {
      stop()
      waiting.abort()
      resolve()
    }
  }, [client, texts, me])
}
