import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import styles from './notice.module.css'

interface NoticeProps {
  readonly tone: 'danger' | 'warn' | 'info'
  readonly children: ReactNode
}

/** A sentence that matters here and now; read out when it appears. */
export function Notice({ tone, children }: NoticeProps) {
  return (
    <p role={tone === 'danger' ? 'alert' : 'status'} className={classNames(styles.notice, styles[tone])}>
      {children}
    </p>
  )
}
