import { type ComponentProps, type ReactNode, type RefObject, useEffect, useId, useRef } from 'react'
import styles from './text-field.module.css'

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'className' | 'id' | 'ref'> {
  readonly label: ReactNode
  readonly hint?: ReactNode
  /** What is wrong with it, read out when it appears; the focus comes to it. */
  readonly error?: string | undefined
  /** The element itself, for who gives it the focus. */
  readonly field?: RefObject<HTMLInputElement | null>
  /** Stands at the end of the line, inside of its frame. */
  readonly end?: ReactNode
}

/** A labelled line of text, with its hint and what is wrong with it. */
export function TextField({ label, hint, error, end, field, ...rest }: TextFieldProps) {
  const id = useId()
  const own = useRef<HTMLInputElement>(null)
  const control = field ?? own
  useEffect(() => {
    if (error !== undefined) control.current?.focus()
  }, [error, control])
  const aboutId = `${id}-about`
  const hasAbout = error !== undefined || hint !== undefined
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <span className={styles.line}>
        <input
          {...rest}
          ref={control}
          id={id}
          className={styles.control}
          data-has-end={end !== undefined || undefined}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={hasAbout ? aboutId : undefined}
        />
        {end !== undefined && <span className={styles.end}>{end}</span>}
      </span>
      {hasAbout && (
        <p id={aboutId} className={error === undefined ? styles.hint : styles.error} role={error && 'alert'}>
          {error ?? hint}
        </p>
      )}
    </div>
  )
}
