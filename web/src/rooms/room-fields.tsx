import { ParlanceError } from '@parlance/client/errors'
import type { ReactNode } from 'react'
import { useClientSnapshot } from '../chat/client.ts'
import { errorText } from '../texts/error-text.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { Button } from '../ui/button.tsx'
import { DialogFooter } from '../ui/dialog.tsx'
import formStyles from '../ui/form.module.css'
import { Notice } from '../ui/notice.tsx'
import { TextField } from '../ui/text-field.tsx'
import type { Submit } from '../ui/use-submit.ts'

interface RoomFieldsProps {
  readonly name: string
  /** Undefined where the name is not one's own to change. */
  readonly onName: ((name: string) => void) | undefined
  readonly topic: string
  readonly onTopic: (topic: string) => void
  /** Who may enter, where one chooses. */
  readonly visibility: ReactNode
  readonly submit: Pick<Submit, 'isBusy' | 'error' | 'onSubmit'>
  readonly action: string
  readonly onClose: () => void
}

/** What a room is called and about, for a new one and for one that is there. */
export function RoomFields({
  name,
  onName,
  topic,
  onTopic,
  visibility,
  submit: { isBusy, error, onSubmit },
  action,
  onClose,
}: RoomFieldsProps) {
  const texts = useAllTexts()
  const { limits } = useClientSnapshot()
  const isNameTaken = error instanceof ParlanceError && error.code === 'name_taken'
  return (
    <form onSubmit={onSubmit} className={formStyles.form}>
      {onName !== undefined && (
        <TextField
          label={texts.rooms.name}
          value={name}
          onChange={(event) => onName(event.target.value)}
          maxLength={limits.nameLength}
          autoComplete="off"
          required
          error={isNameTaken ? errorText(texts, error) : undefined}
        />
      )}
      <TextField
        label={texts.rooms.topic}
        hint={texts.rooms.topicHint}
        value={topic}
        onChange={(event) => onTopic(event.target.value)}
        maxLength={limits.topicLength}
        autoComplete="off"
      />
      {visibility}
      {error !== undefined && !isNameTaken && <Notice tone="danger">{errorText(texts, error)}</Notice>}
      <DialogFooter>
        <Button onClick={onClose}>{texts.common.cancel}</Button>
        <Button type="submit" tone="primary" isBusy={isBusy} disabled={name.trim() === ''}>
          {action}
        </Button>
      </DialogFooter>
    </form>
  )
}
