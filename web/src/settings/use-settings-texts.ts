import { settings as de } from '../texts/de/settings.ts'
import { settings as en } from '../texts/en/settings.ts'
import { type Loose, useLanguage } from '../texts/texts.ts'

const catalogues: Readonly<Record<ReturnType<typeof useLanguage>, Loose<typeof en>>> = { en, de }

/** What the settings say, in the language that is spoken; it comes with their code. */
export function useSettingsTexts(): Loose<typeof en> {
  return catalogues[useLanguage()]
}
