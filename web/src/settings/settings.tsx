import { Bell, Info, MonitorSmartphone, Palette, UserRound } from 'lucide-react'
import type { ComponentType } from 'react'
import { Link, Redirect } from 'wouter'
import { paths } from '../paths.ts'
import { ScreenHeader } from '../rooms/screen-header.tsx'
import { useMedia } from '../ui/use-media.ts'
import { AboutSection } from './about-section.tsx'
import { AccountSection } from './account-section.tsx'
import { AppearanceSection } from './appearance-section.tsx'
import { NotificationsSection } from './notifications-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import styles from './settings.module.css'
import { useSettingsTexts } from './use-settings-texts.ts'

const sections = {
  account: { icon: UserRound, content: AccountSection },
  sessions: { icon: MonitorSmartphone, content: SessionsSection },
  appearance: { icon: Palette, content: AppearanceSection },
  notifications: { icon: Bell, content: NotificationsSection },
  about: { icon: Info, content: AboutSection },
} as const satisfies Record<string, { icon: ComponentType; content: ComponentType }>

type Section = keyof typeof sections

const isSection = (name: string): name is Section => Object.hasOwn(sections, name)

/** A list of sections with the chosen one beside it; on a phone the list, then the section. */
export function Settings({ section }: { readonly section: string | undefined }) {
  const settings = useSettingsTexts()
  const isPhone = useMedia('(max-width: 767px)')
  if (section !== undefined && !isSection(section)) return <Redirect to={paths.settings} replace />
  const shown = section ?? (isPhone ? undefined : 'account')
  const isList = isPhone && shown === undefined
  const Content = shown === undefined ? undefined : sections[shown].content
  return (
    <>
      <ScreenHeader
        title={isPhone && shown !== undefined ? settings[shown] : settings.title}
        back={isList ? paths.home : paths.settings}
      />
      <div className={styles.columns}>
        {(isList || !isPhone) && (
          <nav className={styles.list} aria-label={settings.title}>
            <ul>
              {Object.entries(sections).map(([name, { icon: Icon }]) => (
                <li key={name}>
                  <Link
                    href={`${paths.settings}/${name}`}
                    className={styles.link ?? ''}
                    aria-current={name === shown ? 'page' : undefined}
                  >
                    <Icon aria-hidden="true" />
                    {isSection(name) && settings[name]}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
        )}
        {Content !== undefined && (
          <div className={styles.content}>
            <Content />
          </div>
        )}
      </div>
    </>
  )
}
