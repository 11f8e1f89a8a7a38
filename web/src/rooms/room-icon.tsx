import type { OwnRoom } from '@parlance/client/models'
import { Archive, Globe, Hash, Lock, UserRound } from 'lucide-react'

interface RoomIconProps {
  readonly room: Pick<OwnRoom, 'visibility' | 'archived'>
}

/** Who may enter, as a sign: `#` for accounts, a globe for guests too, a lock by invitation. */
export function RoomIcon({ room: { visibility, archived } }: RoomIconProps) {
  if (archived) return <Archive aria-hidden="true" />
  switch (visibility) {
    case 'open':
      return <Globe aria-hidden="true" />
    case 'public':
      return <Hash aria-hidden="true" />
    case 'private':
      return <Lock aria-hidden="true" />
    case 'direct':
      return <UserRound aria-hidden="true" />
  }
}
