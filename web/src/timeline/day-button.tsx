import type { Timestamp } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { ChevronDown } from 'lucide-react'
import { useLanguage, useTexts } from '../texts/texts.ts'
import { lateWindow } from '../ui/late.tsx'
import { useOpener } from '../ui/use-opener.ts'
import styles from './day-button.module.css'
import { datesOf } from './days.ts'

const JumpToDate = lateWindow(async () => (await import('./jump-to-date.tsx')).JumpToDate)

export interface DayButtonProps {
  readonly room: Room
  readonly at: Timestamp
  readonly today: Date
  readonly onJump: (day: Date) => Promise<void>
}

/** The name of a day; it leads to other days. */
export function DayButton({ room, at, today, onJump }: DayButtonProps) {
  const { timeline: texts } = useTexts()
  const language = useLanguage()
  const { button, isOpen, isWanted, setOpen } = useOpener('dialog')
  return (
    <>
      <button type="button" className={styles.day} data-tip={texts.jumpToDate} {...button}>
        <time dateTime={at}>{datesOf(language).day(at, today)}</time>
        <ChevronDown aria-hidden="true" />
      </button>
      {isWanted && (
        <JumpToDate
          room={room}
          at={at}
          today={today}
          opener={button.ref}
          isOpen={isOpen}
          onOpenChange={setOpen}
          onJump={onJump}
        />
      )}
    </>
  )
}
