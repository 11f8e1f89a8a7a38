import { useTexts } from '../texts/texts.ts'
import styles from './shortcut-sheet.module.css'

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

interface KeysProps {
  /** Each a chord; any of them will do. */
  readonly keys: readonly (readonly string[])[]
}

/** Keys as they are printed on the keyboard. */
export function Keys({ keys }: KeysProps) {
  const { keys: printed } = useTexts()
  const names: Readonly<Record<string, string>> = { ...printed, ...(isMac && { Mod: '⌘' }) }
  return (
    <span className={styles.keys}>
      {keys.map((chord) => (
        <span key={chord.join()} className={styles.chord}>
          {chord.map((key) => (
            <kbd key={key} className={styles.key}>
              {names[key] ?? key}
            </kbd>
          ))}
        </span>
      ))}
    </span>
  )
}
