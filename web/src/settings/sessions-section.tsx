import { useState } from 'react'
import { useClient } from '../chat/client.ts'
import { Awaited } from '../offline/awaited.tsx'
import { errorText } from '../texts/error-text.ts'
import { useTexts } from '../texts/texts.ts'
import { Button } from '../ui/button.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { Notice } from '../ui/notice.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { Section } from './section.tsx'
import { SessionRow } from './session-row.tsx'
import styles from './settings.module.css'
import { useSessions } from './use-sessions.ts'
import { useSettingsTexts } from './use-settings-texts.ts'

/** Where one is logged in, and the way out of each. */
export function SessionsSection() {
  const texts = useTexts()
  const settings = useSettingsTexts()
  const client = useClient()
  const { sessions, error, load, revoke, revokeOthers } = useSessions()
  const [isAsking, setAsking] = useState(false)
  const logOutEverywhere = async () => {
    await revokeOthers()
    await client.logOut()
  }
  return (
    <Section title={settings.sessions} about={settings.sessionsAbout}>
      {sessions === undefined && error === undefined && (
        <Awaited>
          <Spinner label={texts.common.loading} />
        </Awaited>
      )}
      {error !== undefined && (
        <>
          <Notice tone="danger">{errorText(texts, error)}</Notice>
          <div className={styles.actions}>
            <Button onClick={load}>{texts.common.retry}</Button>
          </div>
        </>
      )}
      {sessions !== undefined && (
        <>
          <ul className={styles.sessions}>
            {sessions.map((session) => (
              <SessionRow key={session.id} session={session} onRevoke={() => revoke(session.id)} />
            ))}
          </ul>
          <div className={styles.actions}>
            <Button onClick={() => setAsking(true)}>{settings.logOutEverywhere}</Button>
          </div>
        </>
      )}
      <Confirm
        title={settings.logOutEverywhere}
        action={settings.logOutEverywhere}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={logOutEverywhere}
      >
        {settings.logOutEverywhereAsk}
      </Confirm>
    </Section>
  )
}
