import { Compass, MessageSquarePlus, Plus, Search } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useMemo, useRef } from 'react'
import { Link, useRoute } from 'wouter'
import { useAccount, useOwnRooms } from '../chat/client.ts'
import { Keys } from '../frame/keys.tsx'
import { paths } from '../paths.ts'
import { usePreferences } from '../preferences.ts'
import { useLanguage, useTexts } from '../texts/texts.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { AccountButton } from './account-button.tsx'
import { isClosed } from './is-closed.ts'
import { roomName } from './room-name.ts'
import { RoomRow } from './room-row.tsx'
import styles from './sidebar.module.css'
import { sortRooms } from './sort-rooms.ts'
import { useListKeys } from './use-list-keys.ts'
import { useRoomKeys } from './use-room-keys.ts'
import { useRoomWindows } from './use-room-windows.ts'

const MoreUnread = lazy(async () => ({ default: (await import('./more-unread.tsx')).MoreUnread }))

/** So many rows are seen on any screen. */
const shortList = 8

/** The list of rooms, and the ways to others; on a phone the home screen. */
export function Sidebar() {
  const texts = useTexts()
  const language = useLanguage()
  const account = useAccount()
  const all = useOwnRooms()
  const openWindow = useRoomWindows()
  const [, route] = useRoute('/r/:room/:seq?')
  const [isHome] = useRoute(paths.home)
  const [isBrowsing] = useRoute(paths.browse)
  const current = route === null ? undefined : Number(route.room)
  const preferred = usePreferences()
  const { rooms, directs, archived } = useMemo(
    () =>
      sortRooms(
        all.filter((room) => room.visibility !== 'direct' || !isClosed(preferred, account.id, room)),
        (room) => roomName(texts, room),
        language,
      ),
    [all, texts, language, preferred, account.id],
  )
  const ordered = useMemo(() => [...rooms, ...directs], [rooms, directs])
  useRoomKeys(ordered, current)
  const keys = useListKeys(
    [...ordered, ...archived].map(({ id }) => id),
    current,
  )
  const scroller = useRef<HTMLDivElement>(null)
  const rows = (list: typeof rooms) =>
    list.map((room) => (
      <RoomRow key={room.id} room={room} isCurrent={room.id === current} isStop={room.id === keys.stop} />
    ))
  return (
    <nav
      id="sidebar"
      className={styles.sidebar}
      aria-label={texts.rooms.sidebar}
      onFocus={keys.onFocus}
      onKeyDown={keys.onKeyDown}
    >
      {isHome && <h1 className="visually-hidden">{texts.common.appName}</h1>}
      <header className={styles.header}>
        <AccountButton />
      </header>
      <div ref={scroller} className={styles.scroll}>
        <button type="button" className={styles.find} onClick={() => openWindow({ kind: 'switcher' })}>
          <Search aria-hidden="true" />
          <span className={styles.findLabel}>{texts.rooms.find}</span>
          <span className={styles.keys} aria-hidden="true">
            <Keys keys={[['Mod', 'K']]} />
          </span>
        </button>
        <Section
          title={texts.rooms.rooms}
          action={
            <IconButton
              label={texts.rooms.create}
              icon={<Plus />}
              size="sm"
              onClick={() => openWindow({ kind: 'create' })}
            />
          }
        >
          {rows(rooms)}
        </Section>
        <Link href={paths.browse} className={styles.browse} aria-current={isBrowsing ? 'page' : undefined}>
          <Compass aria-hidden="true" />
          {account.kind === 'guest' ? texts.rooms.browseOpen : texts.rooms.browse}
        </Link>
        {account.kind === 'user' && (
          <Section
            title={texts.rooms.directs}
            action={
              <IconButton
                label={texts.rooms.newDirect}
                icon={<MessageSquarePlus />}
                size="sm"
                onClick={() => openWindow({ kind: 'direct' })}
              />
            }
          >
            {directs.length === 0 && <li className={styles.hint}>{texts.rooms.noDirects}</li>}
            {rows(directs)}
          </Section>
        )}
        {archived.length > 0 && (
          <details
            className={styles.archive}
            {...(archived.some(({ id }) => id === current) && { open: true })}
          >
            <summary>{texts.rooms.archive(archived.length)}</summary>
            <ul>{rows(archived)}</ul>
          </details>
        )}
      </div>
      {all.length > shortList && (
        <Suspense>
          <MoreUnread scroller={scroller} rooms={all} />
        </Suspense>
      )}
    </nav>
  )
}

interface SectionProps {
  readonly title: string
  readonly action: ReactNode
  readonly children: ReactNode
}

function Section({ title, action, children }: SectionProps) {
  return (
    <section className={styles.section}>
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        {action}
      </header>
      <ul>{children}</ul>
    </section>
  )
}
