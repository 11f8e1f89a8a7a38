import { unturned } from '@parlance/client/text'
import { useMarked } from '../markdown/markdown.ts'
import styles from './blocks.module.css'
import type { MarkedTextProps } from './marked-text.tsx'

/** What a message says: as it was written where it has no marks, and until the code of these is here. */
export function MessageText(props: MarkedTextProps) {
  const { text, end } = props
  const marked = useMarked(text)
  if (marked !== undefined) return <marked.MarkedText {...props} />
  const shown = unturned(text)
  if (shown === '') return end
  return (
    <p className={styles.lines} dir="auto">
      {shown}
      {end}
    </p>
  )
}
