import { useEffect, useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { useClient, useClientSnapshot } from '../chat/client.ts'
import { hrefOf, paths, roomPath } from '../paths.ts'
import { isGone, useInvitation } from '../rooms/use-invitation.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { refusalText } from '../texts/refusal-text.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import type { Enter } from './enter.ts'
import styles from './entry-screen.module.css'
import { firstWay } from './first-way.ts'
import { GuestForm } from './guest-form.tsx'
import { InvitationCard } from './invitation-card.tsx'
import { keepWay, type Way, ways } from './last-way.ts'
import { LogInForm } from './log-in-form.tsx'
import { SignUpForm } from './sign-up-form.tsx'
import { useOtherTabs } from './use-other-tabs.ts'

const pathOf: Record<Way, string> = { guest: paths.home, logIn: paths.logIn, signUp: paths.signUp }

interface EntryScreenProps {
  /** Whether somebody was logged in here until now. */
  readonly hasEnded: boolean
  readonly onEntering: (isEntering: boolean) => void
}

/** The way in: as a guest, with an account, with a new one. What the address wanted comes after it. */
export function EntryScreen({ hasEnded, onEntering }: EntryScreenProps) {
  const { entry, common } = useAllTexts()
  const [path, go] = useLocation()
  const [search] = useSearchParams()
  const own = ways.find((way) => pathOf[way] === path)
  const [code] = useState(() => (path === paths.invite ? location.hash.slice(1) : undefined))
  const { invited, error } = useInvitation(code)
  const isRead = invited !== undefined || error !== undefined
  const invitation = code === undefined ? 'none' : !isRead ? 'unread' : isGone(error) ? 'gone' : 'held'
  const [chosen, setChosen] = useState<Way>()
  const way = chosen ?? firstWay({ own, invitation, hasEnded })
  const needsAccount = invited !== undefined && invited.room.visibility !== 'open'
  const client = useClient()
  /** Comes in, and goes to the room that one is invited to before anything else is shown. */
  const enter: Enter = async (logIn) => {
    onEntering(true)
    try {
      await logIn()
      if (way !== undefined) keepWay(way)
      if (code === undefined || invited === undefined) return
      // What stands in the way then, the screen of the invitation says.
      await client.request({ type: 'invite.accept', code }).then(
        (room) => go(roomPath(room.id), { replace: true }),
        () => {},
      )
    } finally {
      onEntering(false)
    }
  }
  const choose = (next: Way) => {
    setChosen(next)
    // An address that leads further stays what it is.
    if (own !== undefined) go(pathOf[next], { replace: true })
  }
  useOtherTabs()
  useEffect(() => {
    document.title = way === undefined ? common.appName : `${entry[way]} · ${common.appName}`
  }, [entry, common, way])
  return (
    <div className={styles.screen}>
      <main className={styles.card}>
        <header className={styles.brand}>
          <img src={hrefOf('/icon.svg')} alt="" width="40" height="40" />
          <h1 className={styles.title}>{common.appName}</h1>
          <p className={styles.about}>{entry.about}</p>
        </header>
        <Trouble />
        {code !== undefined && <InvitationCard invited={invited} error={error} />}
        {hasEnded && code === undefined && <Notice tone="info">{entry.ended}</Notice>}
        {own === undefined && !hasEnded && code === undefined && <Notice tone="info">{entry.wanted}</Notice>}
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, these are buttons. */}
        <div role="group" aria-label={entry.ways} className={styles.ways}>
          {ways.map((one) => (
            <button
              key={one}
              type="button"
              className={styles.way}
              aria-pressed={one === way}
              onClick={() => choose(one)}
            >
              {entry[one]}
            </button>
          ))}
        </div>
        {way === 'guest' && needsAccount && (
          <>
            <Notice tone="warn">{entry.needsAccount}</Notice>
            <Button tone="primary" onClick={() => choose('signUp')}>
              {entry.signUp}
            </Button>
          </>
        )}
        {way === 'guest' && !needsAccount && (
          <GuestForm room={own === undefined ? undefined : (search.get('room') ?? '')} enter={enter} />
        )}
        {way === 'logIn' && <LogInForm enter={enter} />}
        {way === 'signUp' && <SignUpForm enter={enter} />}
        {way === undefined ? (
          <div className={styles.unread} aria-busy="true" />
        ) : (
          <p className={styles.foot}>{entry[`${way}About`]}</p>
        )}
      </main>
    </div>
  )
}

/** Why there is no connection, where the server has closed it for good. */
function Trouble() {
  const texts = useAllTexts()
  const client = useClient()
  const { connection } = useClientSnapshot()
  if (connection.kind !== 'refused') return null
  return (
    <>
      <Notice tone="danger">{refusalText(texts, connection.code)}</Notice>
      <Button onClick={() => void client.connect().catch(() => {})}>{texts.common.retry}</Button>
    </>
  )
}
