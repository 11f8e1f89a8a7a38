import type { RoomMember, UserId } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { useEffect, useState } from 'react'
import { useAccount, useClientSnapshot, useRoomSnapshot } from '../chat/client.ts'
import { errorText } from '../texts/error-text.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { personName } from '../texts/person-name.ts'
import { useLanguage } from '../texts/texts.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogFooter } from '../ui/dialog.tsx'
import form from '../ui/form.module.css'
import { useNotReady } from '../ui/late.tsx'
import { Notice } from '../ui/notice.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import styles from './leave-dialog.module.css'
import { nextOwners } from './next-owners.ts'
import { useLeaving } from './use-leaving.ts'

/** From this many on there is a field to find one. */
const manyMembers = 10
const mostShown = 50

/** An owner leaves: the only one names the next owner first, and both are done in one go (SPEC AC42). */
export function LeaveDialog({ room, onClose }: { readonly room: Room; readonly onClose: () => void }) {
  const texts = useAllTexts()
  const { id: me } = useAccount()
  const { connection } = useClientSnapshot()
  const { summary, members } = useRoomSnapshot(room)
  const language = useLanguage()
  const leave = useLeaving()
  const [part, setPart] = useState('')
  const [chosen, setChosen] = useState<UserId>()
  const [loadError, setLoadError] = useState<unknown>()
  const isConnected = connection.kind === 'open'
  useEffect(() => {
    if (isConnected) room.loadMembers().then(() => setLoadError(undefined), setLoadError)
  }, [room, isConnected])
  useNotReady(members === null && loadError === undefined)
  const { isOnly, others } = nextOwners(members?.values() ?? [], me, part, language)
  const submit = useSubmit(async () => {
    await leave(summary, isOnly ? chosen : undefined)
    onClose()
  })
  const error = submit.error ?? (members === null ? loadError : undefined)
  return (
    <Dialog title={texts.rooms.leaveTitle(summary.name)} isOpen onClose={onClose}>
      <form onSubmit={submit.onSubmit} className={form.form}>
        {summary.visibility === 'private' && <p>{texts.rooms.leavePrivate}</p>}
        {members === null && loadError === undefined && <Spinner label={texts.common.loading} />}
        {members !== null && <p>{isOnly ? texts.rooms.leaveLast : texts.rooms.leaveOwned}</p>}
        {isOnly && summary.members > manyMembers && (
          <TextField
            label={texts.rooms.findMember}
            type="search"
            value={part}
            onChange={(event) => setPart(event.target.value)}
          />
        )}
        {isOnly && (
          <fieldset className={styles.list}>
            <legend className="visually-hidden">{texts.rooms.nextOwner}</legend>
            {others.slice(0, mostShown).map((member) => (
              <Choice
                key={member.user.id}
                member={member}
                isChosen={member.user.id === chosen}
                onChoose={setChosen}
              />
            ))}
          </fieldset>
        )}
        {error !== undefined && <Notice tone="danger">{errorText(texts, error)}</Notice>}
        <DialogFooter>
          <Button onClick={onClose}>{texts.common.cancel}</Button>
          <Button
            type="submit"
            tone="danger"
            isBusy={submit.isBusy}
            disabled={members === null || (isOnly && chosen === undefined)}
          >
            {isOnly ? texts.rooms.handOver : texts.rooms.leave}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}

interface ChoiceProps {
  readonly member: RoomMember
  readonly isChosen: boolean
  readonly onChoose: (user: UserId | undefined) => void
}

function Choice({ member: { user, role }, isChosen, onChoose }: ChoiceProps) {
  const { rooms, common } = useAllTexts()
  return (
    <label className={styles.item}>
      <input type="radio" name="owner" checked={isChosen} onChange={() => onChoose(user.id ?? undefined)} />
      <Avatar user={user} size="sm" />
      <span className={styles.name} dir="auto">
        {personName(common, user)}
      </span>
      {role !== 'member' && <span className={styles.role}>{rooms.roles[role]}</span>}
    </label>
  )
}
