import type { Room } from '@parlance/client/room'
import { Globe, Hash, Lock } from 'lucide-react'
import { personName } from '../texts/person-name.ts'
import { useLanguage, useTexts } from '../texts/texts.ts'
import { Avatar } from '../ui/avatar.tsx'
import styles from './beginning.module.css'
import { datesOf } from './days.ts'
import { useRoomPart } from './use-room-part.ts'

const icons = { open: Globe, public: Hash, private: Lock } as const

/** Where the room begins: what it is, and who may read it. */
export function Beginning({ room }: { readonly room: Room }) {
  const { timeline: texts, common } = useTexts()
  const language = useLanguage()
  const { visibility, name, topic, createdAt, peer } = useRoomPart(room, 'summary')
  if (visibility === 'direct') {
    const other = peer ?? { id: null, name: common.deletedUser, kind: 'deleted' as const }
    return (
      <header className={styles.beginning}>
        <Avatar user={other} size="lg" />
        <h2 className={styles.name} dir="auto">
          {personName(common, other)}
        </h2>
        <p>{texts.directBeginning(personName(common, other))}</p>
      </header>
    )
  }
  const Icon = icons[visibility]
  return (
    <header className={styles.beginning}>
      <span className={styles.icon}>
        <Icon aria-hidden="true" />
      </span>
      <h2 className={styles.name} dir="auto">
        {name}
      </h2>
      {topic !== '' && (
        <p className={styles.topic} dir="auto">
          {topic}
        </p>
      )}
      <p>
        {texts.beginning(datesOf(language).date(createdAt))} {texts.whoMay[visibility]}
      </p>
    </header>
  )
}
