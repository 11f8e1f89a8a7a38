import { useTexts } from '../texts/texts.ts'
import styles from './skeleton.module.css'

/** How many lines the messages have that stand for those to come. */
const lines = [2, 1, 3, 1, 2, 1, 1, 2]

/** What stands for messages on their way; it shows only where they take a while. */
export function Skeleton() {
  const { common } = useTexts()
  return (
    <div className={styles.skeleton} role="status">
      <span className="visually-hidden">{common.loading}</span>
      {lines.map((count, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have nothing else
        <div key={place} className={styles.row}>
          <span className={styles.avatar} />
          <div className={styles.lines}>
            <span className={styles.name} />
            {Array.from({ length: count }, (_, line) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they have nothing else
              <span key={line} className={styles.line} />
            ))}
          </div>
        </div>
      ))}
    </div>
  )
}
