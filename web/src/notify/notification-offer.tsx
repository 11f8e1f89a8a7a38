import { prefer } from '../preferences.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { Button } from '../ui/button.tsx'
import styles from './notification-offer.module.css'

/** Offers notifications, quietly: the browser is asked only where one wants them. */
export function NotificationOffer({ onClose }: { readonly onClose: () => void }) {
  const { rooms } = useAllTexts()
  const turnOn = async () => {
    onClose()
    prefer({ notifications: (await Notification.requestPermission()) === 'granted' })
  }
  return (
    <section className={styles.offer} aria-label={rooms.notifyOffer}>
      <p>{rooms.notifyOffer}</p>
      <Button size="sm" onClick={() => void turnOn()}>
        {rooms.notifyOn}
      </Button>
      <Button size="sm" tone="quiet" onClick={onClose}>
        {rooms.notifyNotNow}
      </Button>
    </section>
  )
}
