import { LoaderCircle } from 'lucide-react'
import styles from './spinner.module.css'

/** Something is on its way; `label` says what. */
export function Spinner({ label }: { readonly label: string }) {
  return (
    <span role="status" className={styles.spinner}>
      <LoaderCircle aria-hidden="true" />
      <span className="visually-hidden">{label}</span>
    </span>
  )
}
