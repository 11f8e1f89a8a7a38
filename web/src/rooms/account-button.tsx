import { ChevronDown } from 'lucide-react'
import { useAccount, useClientSnapshot } from '../chat/client.ts'
import { personName } from '../texts/person-name.ts'
import { useTexts } from '../texts/texts.ts'
import { Avatar } from '../ui/avatar.tsx'
import { late } from '../ui/late.tsx'
import { MenuButton } from '../ui/menu-button.tsx'
import styles from './account-button.module.css'

const AccountMenu = late(async () => (await import('./account-menu.tsx')).AccountMenu)

/** Who one is, and what concerns oneself: settings, quiet, log out. */
export function AccountButton() {
  const { common } = useTexts()
  const account = useAccount()
  const { connection } = useClientSnapshot()
  return (
    <MenuButton
      align="start"
      button={(props) => (
        <button type="button" className={styles.button} {...props}>
          <Avatar user={account} size="sm" isOnline={connection.kind === 'open'} />
          <span className={styles.name} dir="auto">
            {personName(common, account)}
          </span>
          <ChevronDown aria-hidden="true" className={styles.mark} />
        </button>
      )}
    >
      <AccountMenu />
    </MenuButton>
  )
}
