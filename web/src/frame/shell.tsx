import { useEffect } from 'react'
import { Redirect, Route, Switch, useLocation, useRoute } from 'wouter'
import { Outside } from '../notify/outside.tsx'
import { useNotificationOffer } from '../notify/use-notification-offer.ts'
import { OfflineBanner } from '../offline/offline-banner.tsx'
import { isPlace, paths } from '../paths.ts'
import { BrowseScreen } from '../rooms/browse-screen.tsx'
import { HomeScreen } from '../rooms/home-screen.tsx'
import { RoomWindows } from '../rooms/room-windows.tsx'
import { Sidebar } from '../rooms/sidebar.tsx'
import { SettingsScreen } from '../settings/settings-screen.tsx'
import { late, lateScreen, lateWindow, loadWhenIdle } from '../ui/late.tsx'
import { useMedia } from '../ui/use-media.ts'
import { useTouched } from '../ui/use-touched.ts'
import { CrashGuard } from './crash-guard.tsx'
import { RoomRoute } from './room-route.tsx'
import styles from './shell.module.css'
import { hideShortcuts, useShortcutSheet } from './shortcut-sheet-state.ts'
import { useNamedRoom } from './use-named-room.ts'

const InviteScreen = lateScreen(async () => (await import('../rooms/invite-screen.tsx')).InviteScreen)
const NotificationOffer = late(
  async () => (await import('../notify/notification-offer.tsx')).NotificationOffer,
)
const ShortcutSheet = lateWindow(async () => (await import('./shortcut-sheet.tsx')).ShortcutSheet)
const NotFound = late(async () => (await import('./not-found.tsx')).NotFound)

/** The app of who is in: the list of rooms beside what is open. On a phone one of the two. */
export function Shell() {
  const [isHome] = useRoute(paths.home)
  const isPhone = useMedia('(max-width: 767px)')
  const [path] = useLocation()
  const hasShortcuts = useShortcutSheet()
  useNamedRoom()
  const offer = useNotificationOffer()
  const isTouched = useTouched()
  useEffect(() => {
    if (isTouched) return loadWhenIdle()
  }, [isTouched])
  return (
    <RoomWindows>
      <div className={styles.shell} data-home={isHome || undefined}>
        <Outside />
        <OfflineBanner />
        {offer.isShown && <NotificationOffer onClose={offer.close} />}
        {/* On a phone the list is the screen, and what is beside it is not there. */}
        <div className={styles.columns} role={isHome && isPhone ? 'main' : undefined}>
          <CrashGuard place={path}>
            <Sidebar />
          </CrashGuard>
          <main className={styles.main}>
            <CrashGuard place={path}>
              <Switch>
                <Route path={paths.home} component={HomeScreen} />
                <Route path={paths.browse} component={BrowseScreen} />
                <Route path={paths.invite}>
                  <InviteScreen />
                </Route>
                <Route path={`${paths.settings}/:section?`}>
                  {({ section }) => <SettingsScreen section={section} />}
                </Route>
                <Route path="/r/:room/:seq?">{({ room, seq }) => <RoomRoute room={room} seq={seq} />}</Route>
                <Route>
                  {isPlace(path) ? (
                    // A way in, for who is in already.
                    <Redirect to={paths.home} replace />
                  ) : (
                    <NotFound isIn />
                  )}
                </Route>
              </Switch>
            </CrashGuard>
          </main>
        </div>
        {hasShortcuts && <ShortcutSheet onClose={hideShortcuts} />}
      </div>
    </RoomWindows>
  )
}
