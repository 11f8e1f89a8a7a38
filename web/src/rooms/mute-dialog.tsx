import type { UserId } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { useState } from 'react'
import { useClient } from '../chat/client.ts'
import { serverNow } from '../chat/now.ts'
import { errorText } from '../texts/error-text.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogFooter } from '../ui/dialog.tsx'
import form from '../ui/form.module.css'
import { Notice } from '../ui/notice.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import { inputTomorrow, muteMs, muteRange } from './mute-end.ts'

interface MuteDialogProps {
  readonly room: Room
  /** `name`: as people read it. */
  readonly user: { readonly id: UserId; readonly name: string }
  readonly onClose: () => void
}

/** Mutes a member until a time of one's own choice. */
export function MuteDialog({ room, user, onClose }: MuteDialogProps) {
  const texts = useAllTexts()
  const client = useClient()
  const [range] = useState(() => muteRange(serverNow()))
  const [value, setValue] = useState(() => inputTomorrow(serverNow()))
  const [isWrong, setWrong] = useState(false)
  const { isBusy, error, onSubmit } = useSubmit(async () => {
    const forMs = muteMs(value, serverNow())
    setWrong(forMs === undefined)
    if (forMs === undefined) return
    await client.request({ type: 'member.mute', room: room.id, user: user.id, forMs })
    onClose()
  })
  return (
    <Dialog title={texts.rooms.muteTitle(user.name)} isOpen onClose={onClose}>
      <form onSubmit={onSubmit} className={form.form} noValidate>
        <TextField
          label={texts.rooms.muteEnd}
          hint={texts.rooms.muteHint}
          type="datetime-local"
          {...range}
          required
          value={value}
          onChange={(event) => {
            setValue(event.target.value)
            setWrong(false)
          }}
          error={isWrong ? texts.rooms.muteWrong : undefined}
        />
        {error !== undefined && <Notice tone="danger">{errorText(texts, error)}</Notice>}
        <DialogFooter>
          <Button onClick={onClose}>{texts.common.cancel}</Button>
          <Button type="submit" tone="primary" isBusy={isBusy}>
            {texts.rooms.mute}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
