import { Compass, Keyboard, MessageSquarePlus, Moon, Plus, Settings, Sun } from 'lucide-react'
import type { ReactElement } from 'react'
import { useLocation } from 'wouter'
import { useAccount } from '../chat/client.ts'
import { showShortcuts } from '../frame/shortcut-sheet-state.ts'
import { paths } from '../paths.ts'
import { prefer, usePreferences } from '../preferences.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { useMedia } from '../ui/use-media.ts'
import { useRoomWindows } from './use-room-windows.ts'

export interface SwitcherCommand {
  readonly id: string
  readonly label: string
  readonly icon: ReactElement
  readonly run: () => void
}

/** What the switcher does besides going to rooms and people. */
export function useCommands(): readonly SwitcherCommand[] {
  const { rooms } = useAllTexts()
  const isGuest = useAccount().kind === 'guest'
  const openWindow = useRoomWindows()
  const [, go] = useLocation()
  const { theme } = usePreferences()
  const isSystemDark = useMedia('(prefers-color-scheme: dark)')
  const isDark = theme === 'system' ? isSystemDark : theme === 'dark'
  const all: readonly SwitcherCommand[] = [
    {
      id: 'create',
      label: rooms.create,
      icon: <Plus />,
      run: () => openWindow({ kind: 'create' }),
    },
    {
      id: 'direct',
      label: rooms.newDirect,
      icon: <MessageSquarePlus />,
      run: () => openWindow({ kind: 'direct' }),
    },
    {
      id: 'browse',
      label: isGuest ? rooms.browseOpen : rooms.browse,
      icon: <Compass />,
      run: () => go(paths.browse),
    },
    {
      id: 'theme',
      label: isDark ? rooms.light : rooms.dark,
      icon: isDark ? <Sun /> : <Moon />,
      run: () => prefer({ theme: isDark ? 'light' : 'dark' }),
    },
    { id: 'settings', label: rooms.settings, icon: <Settings />, run: () => go(paths.settings) },
    { id: 'shortcuts', label: rooms.shortcuts, icon: <Keyboard />, run: showShortcuts },
  ]
  return isGuest ? all.filter(({ id }) => id !== 'direct') : all
}
