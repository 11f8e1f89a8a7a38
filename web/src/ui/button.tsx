import type { ComponentProps, ReactNode } from 'react'
import styles from './button.module.css'
import { classNames } from './class-names.ts'

export interface ButtonProps extends ComponentProps<'button'> {
  readonly tone?: 'primary' | 'plain' | 'quiet' | 'danger'
  readonly size?: 'md' | 'sm'
  readonly icon?: ReactNode
  /** Something is under way: it cannot be pressed again, and says so. */
  readonly isBusy?: boolean
}

export function Button({
  tone = 'plain',
  size = 'md',
  icon,
  isBusy = false,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      aria-busy={isBusy || undefined}
      {...rest}
      disabled={rest.disabled === true || isBusy}
      className={classNames(styles.button, styles[tone], styles[size], className)}
    >
      {icon}
      {children}
    </button>
  )
}
