import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { AccountContext, useClientSnapshot } from '../chat/client.ts'
import { forgetDrafts } from '../composer/drafts.ts'
import { OfflineBanner } from '../offline/offline-banner.tsx'
import { isPlace } from '../paths.ts'
import { useTexts } from '../texts/texts.ts'
import { Spinner } from '../ui/spinner.tsx'
import styles from './frame.module.css'
import { Shell } from './shell.tsx'

const EntryScreen = lazy(async () => ({ default: (await import('../entry/entry-screen.tsx')).EntryScreen }))

const NotFound = lazy(async () => ({ default: (await import('./not-found.tsx')).NotFound }))

/** What is shown: the way in, or the app for who is in. */
export function Frame() {
  const { account, connection } = useClientSnapshot()
  const [isEntering, setEntering] = useState(false)
  const [path] = useLocation()
  const wasIn = useRef(false)
  useEffect(() => {
    if (account !== null && !isEntering) wasIn.current = true
  }, [account, isEntering])
  const hasEnded = connection.kind === 'signed-out'
  useEffect(() => {
    // With the session goes what was kept of it.
    if (hasEnded) forgetDrafts()
  }, [hasEnded])
  if (account !== null && !isEntering) {
    return (
      <AccountContext value={account}>
        {/* Another account is another app. */}
        <Shell key={account.id} />
      </AccountContext>
    )
  }
  if (isEntering || hasEnded || connection.kind === 'refused') {
    if (!isPlace(path)) {
      return (
        <Suspense fallback={<Splash />}>
          <main className={styles.astray}>
            <NotFound isIn={false} />
          </main>
        </Suspense>
      )
    }
    return (
      <Suspense fallback={<Splash />}>
        <EntryScreen hasEnded={wasIn.current} onEntering={setEntering} />
      </Suspense>
    )
  }
  return <Splash />
}

function Splash() {
  const { common, errors } = useTexts()
  return (
    <div className={styles.splash}>
      <OfflineBanner away={errors.offline} />
      <Spinner label={common.loading} />
    </div>
  )
}
