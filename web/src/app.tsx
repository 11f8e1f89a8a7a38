import { CSPProvider } from '@base-ui/react/csp-provider'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { Router } from 'wouter'
import { base } from './base.ts'
import { ClientContext, makeClient } from './chat/client.ts'
import { CrashGuard } from './frame/crash-guard.tsx'
import { Files } from './frame/files.tsx'
import { Frame } from './frame/frame.tsx'
import { usePreferences } from './preferences.ts'
import { TextsContext, useSpoken } from './texts/texts.ts'
import { ConfirmProvider } from './ui/confirm-provider.tsx'
import { useTouched } from './ui/use-touched.ts'

const TooltipLayer = lazy(async (): Promise<{ default: () => ReactNode }> => {
  try {
    return { default: (await import('./ui/tooltip-layer.tsx')).TooltipLayer }
  } catch {
    // The page is whole without it.
    return { default: () => null }
  }
})

export function App() {
  const spoken = useSpoken()
  useTheme()
  if (spoken === undefined) return null
  return (
    <CSPProvider disableStyleElements>
      <TextsContext value={spoken}>
        <CrashGuard place="">
          <Connected>
            <ConfirmProvider>
              <Router base={base}>
                <Frame />
              </Router>
            </ConfirmProvider>
          </Connected>
        </CrashGuard>
        <Later />
        <Files />
      </TextsContext>
    </CSPProvider>
  )
}

/** What nobody sees before the page has been touched. */
function Later() {
  return (
    useTouched() && (
      <Suspense>
        <TooltipLayer />
      </Suspense>
    )
  )
}

/** Keeps one client connected for as long as the page is there. */
function Connected({ children }: { readonly children: ReactNode }) {
  const [client] = useState(makeClient)
  useEffect(() => {
    // How it goes is in the snapshot: first what was kept, then what the server says.
    client.restore().catch(() => {})
    client.connect().catch(() => {})
    return () => void client.close()
  }, [client])
  return <ClientContext value={client}>{children}</ClientContext>
}

function useTheme(): void {
  const { theme } = usePreferences()
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }, [theme])
}
