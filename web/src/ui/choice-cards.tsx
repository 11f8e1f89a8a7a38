import { type ReactNode, useId } from 'react'
import styles from './choice-cards.module.css'

interface Choice<T extends string> {
  readonly value: T
  readonly label: string
  readonly about: string
  readonly icon?: ReactNode
}

interface ChoiceCardsProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly choices: readonly Choice<T>[]
  readonly onChange: (value: T) => void
}

/** One of a few, each with a sentence of its own. */
export function ChoiceCards<T extends string>({ label, value, choices, onChange }: ChoiceCardsProps<T>) {
  const name = useId()
  return (
    <fieldset className={styles.cards}>
      <legend className={styles.legend}>{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={styles.card}>
          <input
            type="radio"
            name={name}
            className={styles.input}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          {choice.icon}
          <span>
            <span className={styles.label}>{choice.label}</span>
            <span className={styles.about}>{choice.about}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
