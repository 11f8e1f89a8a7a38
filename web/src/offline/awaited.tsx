import { CloudOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTexts } from '../texts/texts.ts'
import styles from './awaited.module.css'
import { useIsAway } from './use-is-away.ts'

/** What stands for something on its way; where that cannot come without a connection, the sentence that says so. */
export function Awaited({ children }: { readonly children?: ReactNode }) {
  const { offline } = useTexts()
  if (!useIsAway()) return children
  return (
    <p className={styles.awaited} role="status">
      <CloudOff aria-hidden="true" />
      {offline.notKept}
    </p>
  )
}
