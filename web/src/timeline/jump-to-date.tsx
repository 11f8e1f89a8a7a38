import type { Timestamp } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { type RefObject, useId, useState } from 'react'
import { useTexts } from '../texts/texts.ts'
import { Button } from '../ui/button.tsx'
import { Popover } from '../ui/popover.tsx'
import { useToasts } from '../ui/toasts.ts'
import { dayOf, inputDay } from './days.ts'
import styles from './jump-to-date.module.css'

interface JumpToDateProps {
  readonly room: Room
  readonly at: Timestamp
  readonly today: Date
  readonly opener: RefObject<HTMLElement | null>
  readonly isOpen: boolean
  readonly onOpenChange: (isOpen: boolean) => void
  readonly onJump: (day: Date) => Promise<void>
}

/** Chooses a day of the room's life, and shows its messages. */
export function JumpToDate({ room, at, today, opener, isOpen, onOpenChange, onJump }: JumpToDateProps) {
  const { timeline: texts } = useTexts()
  const { fail } = useToasts()
  const id = useId()
  const [value, setValue] = useState(inputDay(new Date(at)))
  const [isBusy, setBusy] = useState(false)
  const day = dayOf(value)
  const jump = async (to: Date) => {
    setBusy(true)
    try {
      await onJump(to)
      onOpenChange(false)
    } catch (error) {
      fail(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Popover
      opener={opener}
      label={texts.jumpToDate}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      side="bottom"
      align="center"
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (day !== undefined) void jump(day)
        }}
      >
        <label htmlFor={id} className={styles.label}>
          {texts.jumpToDate}
        </label>
        <div className={styles.fields}>
          <input
            id={id}
            className={styles.date}
            type="date"
            required
            min={inputDay(new Date(room.getSnapshot().summary.createdAt))}
            max={inputDay(today)}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
          <Button type="submit" tone="primary" isBusy={isBusy} disabled={day === undefined}>
            {texts.jump}
          </Button>
        </div>
      </form>
    </Popover>
  )
}
