import type { RoomId } from '@parlance/client/models'
import { type FocusEvent, type KeyboardEvent, useState } from 'react'

interface ListKeys {
  /** The row that the Tab key comes to. */
  readonly stop: RoomId | undefined
  readonly onFocus: (event: FocusEvent) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** The rows of the list are one stop of the Tab key: arrows move among those that are seen. */
export function useListKeys(ids: readonly RoomId[], current: RoomId | undefined): ListKeys {
  const [focused, setFocused] = useState<RoomId>()
  const stop = [focused, current].find((id) => id !== undefined && ids.includes(id)) ?? ids[0]
  return {
    stop,
    onFocus: ({ target }) => {
      const room = target.closest<HTMLElement>('[data-room]')?.dataset.room
      if (room !== undefined) setFocused(Number(room))
    },
    onKeyDown: (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return
      const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('a[data-room]')].filter((row) =>
        row.checkVisibility(),
      )
      const at = event.target instanceof HTMLElement ? rows.indexOf(event.target) : -1
      if (at < 0) return
      const steps: Readonly<Record<string, number>> = {
        ArrowUp: Math.max(at - 1, 0),
        ArrowDown: Math.min(at + 1, rows.length - 1),
        Home: 0,
        End: rows.length - 1,
      }
      const { [event.key]: to } = steps
      if (to === undefined) return
      event.preventDefault()
      rows[to]?.focus()
    },
  }
}
