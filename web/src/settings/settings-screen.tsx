import { lazy, Suspense } from 'react'
import { useTexts } from '../texts/texts.ts'
import { Spinner } from '../ui/spinner.tsx'

const Settings = lazy(async () => ({ default: (await import('./settings.tsx')).Settings }))

/** Everything that concerns oneself; its code comes when one looks. */
export function SettingsScreen({ section }: { readonly section: string | undefined }) {
  const { common } = useTexts()
  return (
    <Suspense fallback={<Spinner label={common.loading} />}>
      <Settings section={section} />
    </Suspense>
  )
}
