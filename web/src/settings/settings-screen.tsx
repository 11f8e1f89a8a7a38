import { useTexts } from '../texts/texts.ts'
import { lateScreen } from '../ui/late.tsx'
import { Spinner } from '../ui/spinner.tsx'

/** Everything that concerns oneself; its code comes when one looks. */
export const SettingsScreen = lateScreen(async () => (await import('./settings.tsx')).Settings, Waiting)

function Waiting() {
  const { common } = useTexts()
  return <Spinner label={common.loading} />
}
