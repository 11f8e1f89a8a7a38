import { useState } from 'react'
import { useAccount, useClient } from '../chat/client.ts'
import { fieldError, otherError, WrongField } from '../entry/field-error.ts'
import { PasswordField } from '../entry/password-field.tsx'
import { passwordMin } from '../entry/user-name.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { Button } from '../ui/button.tsx'
import form from '../ui/form.module.css'
import { Notice } from '../ui/notice.tsx'
import { useToasts } from '../ui/toasts.ts'
import { useSubmit } from '../ui/use-submit.ts'
import { isWrongPassword } from './is-wrong-password.ts'
import { Section } from './section.tsx'
import styles from './settings.module.css'
import { useSettingsTexts } from './use-settings-texts.ts'

/** Changes the password; whoever is logged in elsewhere is out. */
export function PasswordForm() {
  const texts = useAllTexts()
  const settings = useSettingsTexts()
  const client = useClient()
  const toasts = useToasts()
  const { name } = useAccount()
  const [password, setPassword] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const { isBusy, error, onSubmit } = useSubmit(async () => {
    if ([...newPassword].length < passwordMin)
      throw new WrongField('password', texts.entry.passwordRule(passwordMin))
    await client.request({ type: 'account.password', password, newPassword })
    setPassword('')
    setNewPassword('')
    toasts.say(settings.passwordChanged)
  })
  const isWrong = isWrongPassword(error)
  const failure = isWrong ? undefined : otherError(texts, error)
  return (
    <Section title={settings.changePassword} about={settings.changePasswordAbout}>
      <form className={form.form} onSubmit={onSubmit}>
        {/* Tells password managers whose password it is. */}
        <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
        <PasswordField
          label={settings.oldPassword}
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={isWrong ? settings.wrongPassword : undefined}
        />
        <PasswordField
          label={settings.newPassword}
          hint={texts.entry.passwordRule(passwordMin)}
          autoComplete="new-password"
          required
          value={newPassword}
          onChange={(event) => setNewPassword(event.target.value)}
          error={fieldError(texts, error, 'password')}
        />
        {failure !== undefined && <Notice tone="danger">{failure}</Notice>}
        <div className={styles.actions}>
          <Button type="submit" tone="primary" isBusy={isBusy}>
            {settings.changePassword}
          </Button>
        </div>
      </form>
    </Section>
  )
}
