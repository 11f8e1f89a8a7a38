import type { Room } from '@parlance/client/room'
import { useLayoutEffect, useState } from 'react'
import { useRoomPart } from './use-room-part.ts'
import { firstView, nextView, type View } from './view.ts'

/** The messages of a room as they follow from each other. */
export function useView(room: Room): View {
  const timeline = useRoomPart(room, 'timeline')
  const [view, setView] = useState(() => firstView(timeline))
  useLayoutEffect(() => {
    if (view.withheld > 0) setView({ ...view, isShift: false, withheld: 0 })
  }, [view])
  if (view.timeline === timeline) return view
  const next = nextView(view, timeline)
  setView(next)
  return next
}
