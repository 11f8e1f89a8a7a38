import { useState } from 'react'
import { useLocation } from 'wouter'
import { useAccount, useClient } from '../chat/client.ts'
import { roomPath } from '../paths.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { Dialog } from '../ui/dialog.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import { RoomFields } from './room-fields.tsx'
import { type RoomVisibility, VisibilityChoice } from './visibility-choice.tsx'

/** Makes a room, and goes there. */
export function CreateRoomDialog({ onClose }: { readonly onClose: () => void }) {
  const texts = useAllTexts()
  const client = useClient()
  const account = useAccount()
  const [, go] = useLocation()
  const isGuest = account.kind === 'guest'
  const [name, setName] = useState('')
  const [topic, setTopic] = useState('')
  const [visibility, setVisibility] = useState<RoomVisibility>(isGuest ? 'open' : 'public')
  const submit = useSubmit(async () => {
    const room = await client.request({
      type: 'room.create',
      name: name.trim(),
      topic: topic.trim(),
      visibility,
    })
    onClose()
    go(roomPath(room.id))
  })
  return (
    <Dialog title={texts.rooms.create} isOpen onClose={onClose}>
      <RoomFields
        name={name}
        onName={setName}
        topic={topic}
        onTopic={setTopic}
        visibility={<VisibilityChoice value={visibility} onChange={setVisibility} isGuest={isGuest} />}
        submit={submit}
        action={texts.rooms.createAction}
        onClose={onClose}
      />
    </Dialog>
  )
}
