import type { Session } from '@parlance/client/models'
import { useState } from 'react'
import { serverDate } from '../chat/now.ts'
import { useLanguage } from '../texts/texts.ts'
import { datesOf } from '../timeline/days.ts'
import { Button } from '../ui/button.tsx'
import { useToasts } from '../ui/toasts.ts'
import styles from './settings.module.css'
import { useSettingsTexts } from './use-settings-texts.ts'

interface SessionRowProps {
  readonly session: Session
  readonly onRevoke: () => Promise<void>
}

export function SessionRow({ session, onRevoke }: SessionRowProps) {
  const settings = useSettingsTexts()
  const language = useLanguage()
  const toasts = useToasts()
  const [isBusy, setBusy] = useState(false)
  const { client, address, createdAt, lastUsedAt, current } = session
  const time = (at: string) => datesOf(language).since(at, serverDate())
  const name = client ?? settings.unknownClient
  const revoke = async () => {
    setBusy(true)
    try {
      await onRevoke()
    } catch (error) {
      toasts.fail(error)
      setBusy(false)
    }
  }
  return (
    <li className={styles.session}>
      <div className={styles.words}>
        <p className={styles.client}>
          <bdi>{name}</bdi>
          {current && <span className={styles.current}>{settings.current}</span>}
        </p>
        <p className={styles.about}>
          {settings.sessionTimes(time(createdAt), time(lastUsedAt))}
          {address !== null && ` · ${address}`}
        </p>
      </div>
      {!current && (
        <Button
          size="sm"
          isBusy={isBusy}
          aria-label={settings.revokeNamed(name)}
          onClick={() => void revoke()}
        >
          {settings.revoke}
        </Button>
      )}
    </li>
  )
}
