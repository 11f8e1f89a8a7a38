import type { Invite } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { Trash2 } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import { useAccount, useClient, useClientSnapshot, useRoomSnapshot } from '../chat/client.ts'
import { Awaited } from '../offline/awaited.tsx'
import { addressOf, paths } from '../paths.ts'
import { errorText } from '../texts/error-text.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { personName } from '../texts/person-name.ts'
import { useLanguage } from '../texts/texts.ts'
import { datesOf } from '../timeline/days.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useToasts } from '../ui/toasts.ts'
import { useSubmit } from '../ui/use-submit.ts'
import { CopyLink } from './copy-link.tsx'
import styles from './invite-links.module.css'

const dayMs = 24 * 3_600_000
const days = [1, 7, 30] as const

/** The open links into a private room: made, copied, ended. */
export function InviteLinks({ room }: { readonly room: Room }) {
  const texts = useAllTexts()
  const language = useLanguage()
  const client = useClient()
  const account = useAccount()
  const toasts = useToasts()
  const { summary } = useRoomSnapshot(room)
  const forId = useId()
  const [forDays, setForDays] = useState<number>(7)
  const [invites, setInvites] = useState<readonly Invite[]>()
  const isOpen = useClientSnapshot().connection.kind === 'open'
  const make = useSubmit(async () => {
    const { invite } = await client.request({ type: 'invite.create', room: room.id, forMs: forDays * dayMs })
    setInvites((before = []) => [invite, ...before])
  })
  useEffect(() => {
    if (!isOpen) return
    client
      .request({ type: 'invite.list', room: room.id })
      .then((answer) => setInvites(answer.invites), toasts.fail)
  }, [client, room, toasts, isOpen])
  const revoke = async (code: string) => {
    try {
      await client.request({ type: 'invite.revoke', room: room.id, code })
      setInvites((before) => before?.filter((invite) => invite.code !== code))
    } catch (error) {
      toasts.fail(error)
    }
  }
  return (
    <>
      <form className={styles.make} onSubmit={make.onSubmit}>
        <label htmlFor={forId}>{texts.rooms.linkFor}</label>
        <select
          id={forId}
          className={styles.select}
          value={forDays}
          onChange={(event) => setForDays(Number(event.target.value))}
        >
          {days.map((count) => (
            <option key={count} value={count}>
              {texts.rooms.days(count)}
            </option>
          ))}
        </select>
        <Button type="submit" tone="primary" isBusy={make.isBusy}>
          {texts.rooms.makeLink}
        </Button>
      </form>
      {make.error !== undefined && <Notice tone="danger">{errorText(texts, make.error)}</Notice>}
      {invites === undefined && <Awaited />}
      <ul className={styles.links}>
        {invites?.map(({ code, createdBy, expiresAt }) => (
          <li key={code} className={styles.invite}>
            <CopyLink
              label={texts.rooms.inviteLink(personName(texts.common, createdBy))}
              url={addressOf(`${paths.invite}#${code}`)}
            />
            <p className={styles.about}>
              {texts.rooms.linkUntil(personName(texts.common, createdBy), datesOf(language).full(expiresAt))}
              {(createdBy.id === account.id || summary.role !== 'member') && (
                <IconButton
                  label={texts.rooms.endLink}
                  icon={<Trash2 />}
                  size="sm"
                  onClick={() => void revoke(code)}
                />
              )}
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}
