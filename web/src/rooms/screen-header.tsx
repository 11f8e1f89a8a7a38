import { ArrowLeft } from 'lucide-react'
import { useLocation } from 'wouter'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/texts.ts'
import { IconButton } from '../ui/icon-button.tsx'
import styles from './screen-header.module.css'

interface ScreenHeaderProps {
  readonly title: string
  /** Where back leads; home where nothing is said. */
  readonly back?: string
}

/** The head of a screen that is no room, with the way back that a phone needs. */
export function ScreenHeader({ title, back = paths.home }: ScreenHeaderProps) {
  const { common } = useTexts()
  const [, go] = useLocation()
  return (
    <header className={styles.header}>
      <IconButton
        className={styles.back ?? ''}
        label={common.back}
        icon={<ArrowLeft />}
        onClick={() => go(back)}
      />
      <h1 className={styles.title} dir="auto">
        {title}
      </h1>
    </header>
  )
}
