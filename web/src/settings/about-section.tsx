import { useEffect, useState } from 'react'
import { showShortcuts } from '../frame/shortcut-sheet-state.ts'
import { hrefOf } from '../paths.ts'
import { useTexts } from '../texts/texts.ts'
import { Button } from '../ui/button.tsx'
import { Section } from './section.tsx'
import styles from './settings.module.css'
import { useSettingsTexts } from './use-settings-texts.ts'

export function AboutSection() {
  const settings = useSettingsTexts()
  const { common } = useTexts()
  const version = useServerVersion()
  return (
    <>
      <Section title={common.appName} about={settings.aboutApp}>
        <dl className={styles.facts}>
          <dt>{settings.version}</dt>
          <dd>{version ?? '–'}</dd>
          <dt>{settings.api}</dt>
          <dd>
            <a href={hrefOf('/docs')} className={styles.anchor}>
              {hrefOf('/docs')}
            </a>
          </dd>
        </dl>
      </Section>
      <Section title={settings.keyboard} about={settings.keyboardAbout}>
        <div className={styles.actions}>
          <Button onClick={showShortcuts}>{settings.keyboardShow}</Button>
        </div>
      </Section>
    </>
  )
}

/** What the server says it is; undefined while it is out of reach. */
function useServerVersion(): string | undefined {
  const [version, setVersion] = useState<string>()
  useEffect(() => {
    const asking = new AbortController()
    const ask = async () => {
      const answer = await fetch(hrefOf('/'), {
        headers: { accept: 'application/json' },
        signal: asking.signal,
      })
      const { version: told }: { version: string } = await answer.json()
      setVersion(told)
    }
    ask().catch(() => {})
    return () => asking.abort()
  }, [])
  return version
}
