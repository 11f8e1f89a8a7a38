import type { RankedEmoji } from './emoji-data.ts'
import styles from './emoji-picker.module.css'

/** As wide as the picker. */
export const columns = 9

/** As the list of all emoji has them. */
const roles = {
  grid: (label: string) => ({ role: 'grid', 'aria-colcount': columns, 'aria-label': label }),
  row: (index: number) => ({ role: 'row', 'aria-rowindex': index + 1 }),
  cell: (index: number, label: string, isActive: boolean) => ({
    role: 'gridcell',
    'aria-colindex': index + 1,
    'aria-label': label,
    'aria-selected': isActive || undefined,
  }),
} as const

interface FoundEmojiProps {
  readonly found: readonly RankedEmoji[]
  /** The index of the one that Enter takes. */
  readonly active: number
  readonly label: string
  readonly onActive: (index: number) => void
  readonly onPick: (emoji: RankedEmoji) => void
}

/** What was found, best first, whatever its category. The field above keeps the focus and has the keys. */
export function FoundEmoji({ found, active, label, onActive, onPick }: FoundEmojiProps) {
  const rows = Array.from({ length: Math.ceil(found.length / columns) }, (_, row) =>
    found.slice(row * columns, (row + 1) * columns),
  )
  return (
    <div {...roles.grid(label)} className={styles.viewport} data-found>
      {rows.map((row, y) => (
        <div {...roles.row(y)} key={row[0]?.emoji} className={styles.foundRow}>
          {row.map((one, x) => {
            const index = y * columns + x
            return (
              <button
                {...roles.cell(x, one.label, index === active)}
                key={one.emoji}
                type="button"
                tabIndex={-1}
                className={styles.emoji}
                data-active={index === active || undefined}
                ref={(cell) => {
                  if (index === active) cell?.scrollIntoView({ block: 'nearest' })
                }}
                onPointerDown={(event) => event.preventDefault()}
                onPointerMove={() => onActive(index)}
                onClick={() => onPick(one)}
              >
                {one.emoji}
              </button>
            )
          })}
        </div>
      ))}
    </div>
  )
}
