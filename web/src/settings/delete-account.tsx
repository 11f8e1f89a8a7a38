import { useState } from 'react'
import { useAccount, useClient } from '../chat/client.ts'
import { PasswordField } from '../entry/password-field.tsx'
import { useAllTexts } from '../texts/late-texts.ts'
import { Button } from '../ui/button.tsx'
import { Confirm } from '../ui/confirm.tsx'
import form from '../ui/form.module.css'
import { isWrongPassword } from './is-wrong-password.ts'
import { Section } from './section.tsx'
import styles from './settings.module.css'
import { useSettingsTexts } from './use-settings-texts.ts'

/** Ends the account for good; who has a password shows it once more. */
export function DeleteAccount() {
  const settings = useSettingsTexts()
  const { entry } = useAllTexts()
  const client = useClient()
  const { kind } = useAccount()
  const [isOpen, setOpen] = useState(false)
  const [password, setPassword] = useState('')
  const close = () => {
    setPassword('')
    setOpen(false)
  }
  return (
    <Section title={settings.deleteAccount} about={settings.deleteAccountAbout}>
      <div className={styles.actions}>
        <Button onClick={() => setOpen(true)}>{settings.deleteAccount}</Button>
      </div>
      <Confirm
        title={settings.deleteAccount}
        action={settings.deleteForGood}
        isOpen={isOpen}
        onClose={close}
        explain={(error) => (isWrongPassword(error) ? settings.wrongPassword : undefined)}
        onConfirm={() => client.request({ type: 'account.delete', ...(kind === 'user' && { password }) })}
      >
        <div className={form.form}>
          <p>{settings.deleteAccountAsk}</p>
          {kind === 'user' && (
            <PasswordField
              label={entry.password}
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </div>
      </Confirm>
    </Section>
  )
}
