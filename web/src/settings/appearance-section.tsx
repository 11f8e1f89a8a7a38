import { prefer, usePreferences } from '../preferences.ts'
import { ChoiceBar } from './choice-bar.tsx'
import { Section } from './section.tsx'
import { useSettingsTexts } from './use-settings-texts.ts'

export function AppearanceSection() {
  const settings = useSettingsTexts()
  const { theme, language } = usePreferences()
  return (
    <>
      <Section title={settings.theme}>
        <ChoiceBar
          label={settings.theme}
          value={theme}
          choices={{ system: settings.asSystem, light: settings.light, dark: settings.dark }}
          onChange={(next) => prefer({ theme: next })}
        />
      </Section>
      <Section title={settings.language}>
        <ChoiceBar
          label={settings.language}
          value={language}
          choices={{ system: settings.asBrowser, en: 'English', de: 'Deutsch' }}
          onChange={(next) => prefer({ language: next })}
        />
      </Section>
    </>
  )
}
