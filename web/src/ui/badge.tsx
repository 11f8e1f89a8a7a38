import styles from './badge.module.css'
import { classNames } from './class-names.ts'

interface BadgeProps {
  readonly count: number
  /** Counts stop there, and say so with a plus. */
  readonly cap?: number
  readonly tone?: 'loud' | 'quiet'
  /** The number in words, for who does not see it. */
  readonly label: string
}

/** A count beside a name; nothing at zero. */
export function Badge({ count, cap = 99, tone = 'quiet', label }: BadgeProps) {
  if (count === 0) return null
  return (
    <span className={classNames(styles.badge, styles[tone])}>
      <span aria-hidden="true">{count > cap ? `${cap}+` : count}</span>
      <span className="visually-hidden">{label}</span>
    </span>
  )
}
