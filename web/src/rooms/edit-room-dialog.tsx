import type { Room } from '@parlance/client/room'
import { useState } from 'react'
import { useAccount, useClient, useRoomSnapshot } from '../chat/client.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { Dialog } from '../ui/dialog.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import { roomRights } from './member-rights.ts'
import { RoomFields } from './room-fields.tsx'
import { type RoomVisibility, VisibilityChoice } from './visibility-choice.tsx'

interface EditRoomDialogProps {
  readonly room: Room
  readonly onClose: () => void
}

/** Changes what a room is: owners everything, moderators its topic. */
export function EditRoomDialog({ room, onClose }: EditRoomDialogProps) {
  const texts = useAllTexts()
  const client = useClient()
  const { summary } = useRoomSnapshot(room)
  const rights = roomRights(summary, useAccount().kind)
  const before: RoomVisibility = summary.visibility === 'direct' ? 'private' : summary.visibility
  const [name, setName] = useState(summary.name)
  const [topic, setTopic] = useState(summary.topic)
  const [visibility, setVisibility] = useState(before)
  const submit = useSubmit(async () => {
    await client.request({
      type: 'room.update',
      room: room.id,
      ...(name.trim() !== summary.name && { name: name.trim() }),
      ...(topic.trim() !== summary.topic && { topic: topic.trim() }),
      ...(visibility !== before && { visibility }),
    })
    onClose()
  })
  return (
    <Dialog title={texts.rooms.edit} isOpen onClose={onClose}>
      <RoomFields
        name={name}
        onName={rights.canEdit ? setName : undefined}
        topic={topic}
        onTopic={setTopic}
        visibility={rights.canEdit && <VisibilityChoice value={visibility} onChange={setVisibility} />}
        submit={submit}
        action={texts.common.save}
        onClose={onClose}
      />
    </Dialog>
  )
}
