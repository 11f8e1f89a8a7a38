import type { InvitedRoom } from '@parlance/client/models'
import { useAllTexts } from '../texts/late-texts.ts'
import styles from './ways.module.css'

/** What is told of a room to who is not in it. */
export function RoomCard({ room }: { readonly room: InvitedRoom }) {
  const { common, rooms } = useAllTexts()
  return (
    <>
      {room.topic !== '' && (
        <p dir="auto" className={styles.topic}>
          {room.topic}
        </p>
      )}
      <p className={styles.about}>
        {common.members(room.members)} · {rooms.visibilities[room.visibility]}
      </p>
      {room.archived && <p>{rooms.isArchived}</p>}
    </>
  )
}
