import { useAccount, useClient } from '../chat/client.ts'
import { hrefOf, paths } from '../paths.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { personName } from '../texts/person-name.ts'
import { useLanguage } from '../texts/texts.ts'
import { datesOf } from '../timeline/days.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useConfirm } from '../ui/use-confirm.ts'
import { DeleteAccount } from './delete-account.tsx'
import { PasswordForm } from './password-form.tsx'
import { Section } from './section.tsx'
import styles from './settings.module.css'
import { useSettingsTexts } from './use-settings-texts.ts'

export function AccountSection() {
  const settings = useSettingsTexts()
  const { entry, common } = useAllTexts()
  const language = useLanguage()
  const account = useAccount()
  const { email, createdAt } = account
  const isGuest = account.kind === 'guest'
  return (
    <>
      <Section title={settings.you}>
        <dl className={styles.facts}>
          <dt>{entry.name}</dt>
          <dd>
            <bdi>{personName(common, account)}</bdi>
          </dd>
          {!isGuest && (
            <>
              <dt>{settings.email}</dt>
              <dd>{email ?? settings.noEmail}</dd>
            </>
          )}
          <dt>{settings.memberSince}</dt>
          <dd>{datesOf(language).date(createdAt)}</dd>
        </dl>
        {isGuest && <GuestWayOut />}
      </Section>
      {!isGuest && <PasswordForm />}
      <DeleteAccount />
    </>
  )
}

/** What a guest loses, and the way to an account. */
function GuestWayOut() {
  const settings = useSettingsTexts()
  const { entry } = useAllTexts()
  const client = useClient()
  const confirm = useConfirm()
  const signUp = () =>
    confirm({
      title: settings.guestSignUp,
      text: settings.guestSignUpAsk,
      action: settings.guestSignUp,
      async onConfirm() {
        await client.logOut()
        location.assign(hrefOf(paths.signUp))
        // The window stays until the page goes: closing it would go back (`ui/close-by-history.ts`).
        await new Promise(() => {})
      },
    })
  return (
    <>
      <Notice tone="info">{entry.guestKeeps}</Notice>
      <div className={styles.actions}>
        <Button onClick={signUp}>{settings.guestSignUp}</Button>
      </div>
    </>
  )
}
