import type { Room } from '@parlance/client/room'
import { personName } from '../texts/person-name.ts'
import { useTexts } from '../texts/texts.ts'
import styles from './typing-line.module.css'
import { useRoomPart } from './use-room-part.ts'

/** Who is typing; it has its place also while nobody does. */
export function TypingLine({ room }: { readonly room: Room }) {
  const typing = useRoomPart(room, 'typing')
  const { timeline: texts, common } = useTexts()
  return (
    <p className={styles.line} dir="auto">
      {typing.length > 0 && (
        <>
          <span className={styles.dots} aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span className={styles.text}>{texts.typing(typing.map((user) => personName(common, user)))}</span>
        </>
      )}
    </p>
  )
}
