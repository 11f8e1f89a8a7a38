import { useState } from 'react'
import { useClient } from '../chat/client.ts'
import { errorText } from '../texts/error-text.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { Button } from '../ui/button.tsx'
import styles from '../ui/form.module.css'
import { Notice } from '../ui/notice.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import type { Enter } from './enter.ts'
import { PasswordField } from './password-field.tsx'

export function LogInForm({ enter }: { readonly enter: Enter }) {
  const texts = useAllTexts()
  const client = useClient()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const { isBusy, error, onSubmit } = useSubmit(() =>
    enter(() => client.logIn({ name: name.trim(), password })),
  )
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <TextField
        label={texts.entry.nameOrEmail}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={254}
        dir="auto"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <PasswordField
        label={texts.entry.password}
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {error !== undefined && <Notice tone="danger">{errorText(texts, error)}</Notice>}
      <Button type="submit" tone="primary" isBusy={isBusy}>
        {texts.entry.logIn}
      </Button>
    </form>
  )
}
