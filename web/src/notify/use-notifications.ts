import { useEffect } from 'react'
import { keptAs } from '../base.ts'
import { useAccount, useClient } from '../chat/client.ts'
import { serverNow } from '../chat/now.ts'
import { plainLine } from '../message/markdown/plain-line.ts'
import { roomPath } from '../paths.ts'
import { preferences } from '../preferences.ts'
import { roomName } from '../rooms/room-name.ts'
import { personName } from '../texts/person-name.ts'
import { useTexts } from '../texts/texts.ts'
import { isNotable } from './notable.ts'
import { showNotification } from './show-notification.ts'
import { playSound } from './sound.ts'
import { isLookedAt } from './use-looking.ts'

/** The lock of the one tab that notifies; the others wait for it. */
const notifierLock = `${keptAs}.notifier`

/** Tells the desktop of new messages, from one tab of all. */
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
      async event(event) {
        if (!isNotifier || event.type !== 'message.created') return
        const room = client.getSnapshot().rooms.find(({ id }) => id === event.room)
        const situation = { me, preferences: preferences(), nowMs: serverNow() }
        if (room === undefined || !isNotable(event, { ...situation, room })) return
        if (await isLookedAt(room.id)) return
        const { notifications, sound } = situation.preferences
        if (sound) playSound()
        if (!notifications) return
        const where = roomName(texts, room)
        await showNotification({
          title: room.visibility === 'direct' ? where : `${personName(texts.common, event.actor)} · ${where}`,
          body: await plainLine(event.text),
          path: roomPath(room.id, event.seq),
          tag: `room-${room.id}`,
        })
      },
    })
    return () => {
      stop()
      waiting.abort()
      resolve()
    }
  }, [client, texts, me])
}
