import { BellOff, BellRing, Keyboard, LogOut, Settings } from 'lucide-react'
import { useLocation } from 'wouter'
import { useClient } from '../chat/client.ts'
import { serverNow } from '../chat/now.ts'
import { showShortcuts } from '../frame/shortcut-sheet-state.ts'
import { paths } from '../paths.ts'
import { prefer, usePreferences } from '../preferences.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { useToasts } from '../ui/toasts.ts'

const quietMs = 3_600_000

/** What stands in the menu of one's own name. */
export function AccountMenu() {
  const { rooms } = useAllTexts()
  const client = useClient()
  const toasts = useToasts()
  const [, go] = useLocation()
  const { quietUntilMs } = usePreferences()
  const isQuiet = quietUntilMs > serverNow()
  return (
    <>
      <MenuItem icon={<Settings />} onSelect={() => go(paths.settings)}>
        {rooms.settings}
      </MenuItem>
      <MenuItem
        icon={isQuiet ? <BellRing /> : <BellOff />}
        onSelect={() => prefer({ quietUntilMs: isQuiet ? 0 : serverNow() + quietMs })}
      >
        {isQuiet ? rooms.quietOff : rooms.quietOn}
      </MenuItem>
      <MenuItem icon={<Keyboard />} onSelect={() => requestAnimationFrame(showShortcuts)}>
        {rooms.shortcuts}
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<LogOut />}
        onSelect={() => {
          client.logOut().catch(toasts.fail)
        }}
      >
        {rooms.logOut}
      </MenuItem>
    </>
  )
}
