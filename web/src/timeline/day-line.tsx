import { DayButton, type DayButtonProps } from './day-button.tsx'
import styles from './day-line.module.css'

/** Where a day begins. */
export function DayLine(props: DayButtonProps) {
  return (
    <div className={styles.line}>
      <DayButton {...props} />
    </div>
  )
}
