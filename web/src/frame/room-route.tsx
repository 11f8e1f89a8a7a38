import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { roomPath } from '../paths.ts'
import { RoomScreen } from '../rooms/room-screen.tsx'
import { useTexts } from '../texts/texts.ts'
import { late } from '../ui/late.tsx'
import { useToasts } from '../ui/toasts.ts'
import { numberIn } from './number-in.ts'

const NotFound = late(async () => (await import('./not-found.tsx')).NotFound)

interface RoomRouteProps {
  /** As they stand in the address. */
  readonly room: string
  readonly seq: string | undefined
}

/** The room that an address names, at the message it names; what is no number cannot be one, and that is said. */
export function RoomRoute({ room, seq }: RoomRouteProps) {
  const { timeline } = useTexts()
  const { say } = useToasts()
  const [, go] = useLocation()
  const id = numberIn(room)
  const at = seq === undefined ? undefined : numberIn(seq)
  const isAstray = id !== undefined && seq !== undefined && at === undefined
  useEffect(() => {
    if (!isAstray) return
    go(roomPath(id), { replace: true })
    say(timeline.noMessage)
  }, [isAstray, id, go, say, timeline])
  if (id !== undefined) return <RoomScreen key={room} id={id} at={at} />
  return <NotFound isIn />
}
