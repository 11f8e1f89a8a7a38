import { type ReactNode, useEffect, useState } from 'react'
import { afterMenu } from '../ui/after-menu.ts'
import { lateWindow } from '../ui/late.tsx'
import { type RoomWindow, RoomWindowsContext } from './use-room-windows.ts'

const RoomWindowView = lateWindow(async () => (await import('./room-window-view.tsx')).RoomWindowView)

/** Around the app: the place of the windows about rooms. Ctrl-K, or Command-K, opens and closes the switcher. */
export function RoomWindows({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<RoomWindow | null>(null)
  const [openWindow] = useState(() => (window: RoomWindow) => afterMenu(() => setShown(window)))
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey } = event
      if (key.toLowerCase() !== 'k' || ctrlKey === metaKey || altKey || shiftKey) return
      event.preventDefault()
      setShown((window) =>
        window === null ? { kind: 'switcher' } : window.kind === 'switcher' ? null : window,
      )
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
  return (
    <RoomWindowsContext value={openWindow}>
      {children}
      {shown !== null && (
        // Each holds the keys anew until it is there.
        <RoomWindowView key={shown.kind} window={shown} onClose={() => setShown(null)} />
      )}
    </RoomWindowsContext>
  )
}
