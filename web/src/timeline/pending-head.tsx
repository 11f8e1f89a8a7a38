import type { Timestamp } from '@parlance/client/models'
import { useAccount } from '../chat/client.ts'
import { personName } from '../texts/person-name.ts'
import { useLanguage, useTexts } from '../texts/texts.ts'
import { Avatar } from '../ui/avatar.tsx'
import { datesOf } from './days.ts'
import styles from './pending-head.module.css'

/** One's own name above a message on its way, where it will stand once the message has landed. */
export function PendingHead({ at }: { readonly at: Timestamp }) {
  const account = useAccount()
  const language = useLanguage()
  const { common } = useTexts()
  return (
    <div className={styles.head}>
      <div className={styles.avatar}>
        <Avatar user={account} />
      </div>
      <span className={styles.name} dir="auto">
        {personName(common, account)}
      </span>
      <time className={styles.time} dateTime={at}>
        {datesOf(language).time(at)}
      </time>
    </div>
  )
}
