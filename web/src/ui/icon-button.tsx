import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import styles from './icon-button.module.css'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** What it does: its name, and its tooltip. */
  readonly label: string
  /** The keys that do the same, shown in the tooltip: `Ctrl K`. */
  readonly keys?: string
  readonly icon: ReactNode
  readonly size?: 'md' | 'sm'
}

export function IconButton({ label, keys, icon, size = 'md', className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      data-tip={keys === undefined ? label : `${label} · ${keys}`}
      {...rest}
      className={classNames(styles.button, styles[size], className)}
    >
      {icon}
    </button>
  )
}
