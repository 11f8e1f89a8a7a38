import { serverDate } from '../chat/now.ts'
import { useNotificationPermission } from '../notify/use-notification-permission.ts'
import { useNow } from '../notify/use-now.ts'
import { prefer, usePreferences } from '../preferences.ts'
import { useLanguage } from '../texts/texts.ts'
import { datesOf } from '../timeline/days.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { ChoiceBar } from './choice-bar.tsx'
import { quietEnds } from './quiet-ends.ts'
import { Section } from './section.tsx'
import styles from './settings.module.css'
import { useSettingsTexts } from './use-settings-texts.ts'

export function NotificationsSection() {
  const settings = useSettingsTexts()
  const { level, sound } = usePreferences()
  return (
    <>
      <Desktop />
      <Section title={settings.level} about={settings.levelAbout}>
        <ChoiceBar
          label={settings.level}
          value={level}
          choices={{ all: settings.levelAll, mentions: settings.levelMentions, none: settings.levelNone }}
          onChange={(next) => prefer({ level: next })}
        />
      </Section>
      <Quiet />
      <Section title={settings.sound}>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={sound}
            onChange={(event) => prefer({ sound: event.target.checked })}
          />
          {settings.soundAbout}
        </label>
      </Section>
    </>
  )
}

/** Asks the browser, and tells what it said. */
function Desktop() {
  const settings = useSettingsTexts()
  const { notifications } = usePreferences()
  const permission = useNotificationPermission()
  const allow = async () => {
    prefer({ notifications: (await Notification.requestPermission()) === 'granted' })
  }
  return (
    <Section title={settings.desktop} about={settings.desktopAbout}>
      {permission === 'unsupported' && <Notice tone="warn">{settings.desktopUnsupported}</Notice>}
      {permission === 'denied' && <Notice tone="warn">{settings.desktopDenied}</Notice>}
      {permission === 'default' && (
        <div className={styles.actions}>
          <Button tone="primary" onClick={() => void allow()}>
            {settings.desktopAllow}
          </Button>
        </div>
      )}
      {permission === 'granted' && (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={notifications}
            onChange={(event) => prefer({ notifications: event.target.checked })}
          />
          {settings.desktopOn}
        </label>
      )}
    </Section>
  )
}

function Quiet() {
  const settings = useSettingsTexts()
  const language = useLanguage()
  const { quietUntilMs } = usePreferences()
  const isQuiet = quietUntilMs > useNow()
  const until = datesOf(language).since(new Date(quietUntilMs).toISOString(), serverDate())
  return (
    <Section title={settings.quiet} about={isQuiet ? settings.quietUntil(until) : settings.quietAbout}>
      <div className={styles.actions}>
        {isQuiet && <Button onClick={() => prefer({ quietUntilMs: 0 })}>{settings.quietEnd}</Button>}
        {!isQuiet &&
          quietEnds.map(({ name, end }) => (
            <Button key={name} onClick={() => prefer({ quietUntilMs: end(serverDate()).getTime() })}>
              {settings[name]}
            </Button>
          ))}
      </div>
    </Section>
  )
}
