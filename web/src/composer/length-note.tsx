import { useTexts } from '../texts/texts.ts'
import styles from './length-note.module.css'

interface LengthNoteProps {
  readonly id: string
  /** How many code points may still be written; negative where there are too many. */
  readonly left: number
}

/** How near the limit a text is, said before it is hit. */
export function LengthNote({ id, left }: LengthNoteProps) {
  const { composer } = useTexts()
  return (
    <p id={id} className={styles.note} data-over={left < 0 || undefined}>
      {left < 0 ? composer.over(-left) : composer.left(left)}
    </p>
  )
}
