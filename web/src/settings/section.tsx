import type { ReactNode } from 'react'
import styles from './settings.module.css'

interface SectionProps {
  readonly title: string
  readonly about?: ReactNode
  readonly children?: ReactNode
}

/** A part of the settings under a heading of its own. */
export function Section({ title, about, children }: SectionProps) {
  return (
    <section className={styles.section}>
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        {about !== undefined && <p className={styles.about}>{about}</p>}
      </header>
      {children}
    </section>
  )
}
