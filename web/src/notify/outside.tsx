import { useRoute } from 'wouter'
import { useLooking } from './use-looking.ts'
import { useNotifications } from './use-notifications.ts'
import { useTitle } from './use-title.ts'

/** What the app says outside of its window: title, icon, notifications. */
export function Outside() {
  const [, open] = useRoute('/r/:room/:seq?')
  useTitle()
  useNotifications()
  useLooking(open === null ? undefined : Number(open.room))
  return null
}
