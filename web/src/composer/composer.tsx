import type { Room } from '@parlance/client/room'
import type { Ref } from 'react'
import { useAccount } from '../chat/client.ts'
import { serverDate } from '../chat/now.ts'
import type { Texts } from '../texts/texts.ts'
import { useLanguage, useTexts } from '../texts/texts.ts'
import { datesOf } from '../timeline/days.ts'
import { useRoomPart } from '../timeline/use-room-part.ts'
import styles from './composer.module.css'
import { type Obstacle, obstacle } from './obstacle.ts'
import { useNow } from './use-now.ts'
import { WriteBox } from './write-box.tsx'

export interface ComposerHandle {
  focus(): void
}

interface ComposerProps {
  readonly room: Room
  readonly ref?: Ref<ComposerHandle>
}

/** Where one writes to a room, or why one cannot. */
export function Composer({ room, ref }: ComposerProps) {
  const texts = useTexts()
  const language = useLanguage()
  const account = useAccount()
  const summary = useRoomPart(room, 'summary')
  const isMember = useRoomPart(room, 'isMember')
  const nowMs = useNow(summary.mutedUntil)
  const found = obstacle(summary, isMember, account, nowMs)
  if (found === undefined) return <WriteBox room={room} {...(ref === undefined ? {} : { ref })} />
  return (
    <div className={styles.composer}>
      <p className={styles.obstacle} role="status">
        {obstacleText(texts, language, found)}
      </p>
    </div>
  )
}

function obstacleText({ composer }: Texts, language: string, found: Obstacle): string {
  if (found.kind !== 'muted') return composer[found.kind]
  return composer.mutedUntil(datesOf(language).since(new Date(found.untilMs).toISOString(), serverDate()))
}
