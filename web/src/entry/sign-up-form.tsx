import { isUserName } from '@parlance/client/names'
import { useState } from 'react'
import { useClient } from '../chat/client.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { Button } from '../ui/button.tsx'
import styles from '../ui/form.module.css'
import { Notice } from '../ui/notice.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import type { Enter } from './enter.ts'
import { fieldError, otherError, WrongField } from './field-error.ts'
import { PasswordField } from './password-field.tsx'
import { nameLength, passwordMin } from './user-name.ts'

export function SignUpForm({ enter }: { readonly enter: Enter }) {
  const texts = useAllTexts()
  const client = useClient()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const { isBusy, error, onSubmit } = useSubmit(async () => {
    if (!isUserName(name.trim())) throw new WrongField('name', texts.entry.nameRule)
    if ([...password].length < passwordMin)
      throw new WrongField('password', texts.entry.passwordRule(passwordMin))
    await enter(() =>
      client.register({
        name: name.trim(),
        password,
        ...(email.trim() !== '' && { email: email.trim() }),
      }),
    )
  })
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <TextField
        label={texts.entry.name}
        hint={texts.entry.nameHint}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={nameLength}
        dir="auto"
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={fieldError(texts, error, 'name')}
      />
      <PasswordField
        label={texts.entry.password}
        hint={texts.entry.passwordRule(passwordMin)}
        name="password"
        autoComplete="new-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={fieldError(texts, error, 'password')}
      />
      <TextField
        label={texts.entry.email}
        hint={texts.entry.emailHint}
        type="email"
        name="email"
        autoComplete="email"
        maxLength={254}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={fieldError(texts, error, 'email')}
      />
      {otherError(texts, error) !== undefined && <Notice tone="danger">{otherError(texts, error)}</Notice>}
      <Button type="submit" tone="primary" isBusy={isBusy}>
        {texts.entry.signUp}
      </Button>
    </form>
  )
}
