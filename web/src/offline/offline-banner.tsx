import { useClient, useClientSnapshot } from '../chat/client.ts'
import { useNow } from '../notify/use-now.ts'
import { refusalText } from '../texts/refusal-text.ts'
import { useTexts } from '../texts/texts.ts'
import { Button } from '../ui/button.tsx'
import styles from './offline-banner.module.css'
import { useAbsence } from './use-absence.ts'

interface OfflineBannerProps {
  /** What it means where nobody is in. */
  readonly away?: string
}

/** Says quietly that there is no connection, once that lasts, and when it is tried again. */
export function OfflineBanner({ away }: OfflineBannerProps) {
  const texts = useTexts()
  const { offline } = texts
  const { connection } = useClientSnapshot()
  const absence = useAbsence(connection.kind === 'open')
  return (
    <div role="status" className={styles.place}>
      {absence === 'back' && <p className={styles.banner}>{offline.back}</p>}
      {absence === 'away' && (
        <div className={styles.banner} data-away>
          <p>
            {connection.kind === 'refused' ? refusalText(texts, connection.code) : (away ?? offline.away)}
          </p>
          <Trial />
        </div>
      )}
    </div>
  )
}

/** When the next attempt is; read out once and not with every second. */
function Trial() {
  const { offline } = useTexts()
  const client = useClient()
  const { connection } = useClientSnapshot()
  const now = useNow()
  if (connection.kind === 'connecting') return <p aria-hidden="true">{offline.trying}</p>
  const seconds = connection.kind === 'waiting' ? Math.ceil((connection.untilMs - now) / 1_000) : 0
  return (
    <>
      {seconds > 0 && <p aria-hidden="true">{offline.tryingIn(seconds)}</p>}
      <Button size="sm" tone="quiet" onClick={() => void client.connect().catch(() => {})}>
        {offline.tryNow}
      </Button>
    </>
  )
}
