import { ParlanceError } from '@parlance/client/errors'
import { isUserName } from '@parlance/client/names'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useClient } from '../chat/client.ts'
import { roomPath } from '../paths.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { Button } from '../ui/button.tsx'
import styles from '../ui/form.module.css'
import { Notice } from '../ui/notice.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import type { Enter } from './enter.ts'
import { enterRoom } from './enter-room.ts'
import { fieldError, otherError, WrongField } from './field-error.ts'
import { nameLength } from './user-name.ts'

/** A name like this one that is hardly anybody's. */
function anotherName(name: string): string {
  const end = `-${10 + Math.floor(Math.random() * 90)}`
  return (
    Array.from(name)
      .slice(0, nameLength - end.length)
      .join('') + end
  )
}

interface GuestFormProps {
  /** The room to begin with; undefined where the address leads to one already. */
  readonly room: string | undefined
  readonly enter: Enter
}

/** In with a name, and the room one wants to talk in. */
export function GuestForm({ room: givenRoom, enter }: GuestFormProps) {
  const texts = useAllTexts()
  const client = useClient()
  const [, go] = useLocation()
  const [name, setName] = useState('')
  const [room, setRoom] = useState(givenRoom ?? '')
  const enterAsGuest = async () => {
    try {
      await client.guest({ name: name.trim() })
    } catch (error) {
      const isTaken = error instanceof ParlanceError && error.code === 'name_taken'
      throw isTaken ? new WrongField('name', texts.entry.guestTaken(anotherName(name.trim()))) : error
    }
    if (givenRoom === undefined) return
    try {
      go(roomPath(await enterRoom(client, room)), { replace: true })
    } catch (error) {
      // Back to the form: the next try begins anew.
      await client.logOut().catch(() => {})
      const isTaken = error instanceof ParlanceError && error.code === 'name_taken'
      throw isTaken ? new WrongField('room', texts.entry.roomTaken) : error
    }
  }
  const { isBusy, error, onSubmit } = useSubmit(async () => {
    if (!isUserName(name.trim())) throw new WrongField('name', texts.entry.nameRule)
    await enter(enterAsGuest)
  })
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <TextField
        label={texts.entry.yourName}
        name="nickname"
        autoComplete="nickname"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={nameLength}
        dir="auto"
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={fieldError(texts, error, 'name')}
      />
      {givenRoom !== undefined && (
        <TextField
          label={texts.entry.room}
          hint={texts.entry.roomHint}
          name="room"
          autoComplete="off"
          required
          maxLength={nameLength}
          dir="auto"
          value={room}
          onChange={(event) => setRoom(event.target.value)}
          error={fieldError(texts, error, 'room')}
        />
      )}
      {otherError(texts, error) !== undefined && <Notice tone="danger">{otherError(texts, error)}</Notice>}
      <Button type="submit" tone="primary" isBusy={isBusy}>
        {texts.entry.enter}
      </Button>
    </form>
  )
}
