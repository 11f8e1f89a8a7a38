import { Autocomplete } from '@base-ui/react/autocomplete'
import { useAllTexts } from '../texts/late-texts.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Badge } from '../ui/badge.tsx'
import { MarkedText } from './marked-text.tsx'
import { RoomIcon } from './room-icon.tsx'
import styles from './switcher.module.css'
import type { SwitcherItem } from './use-switcher-groups.ts'

interface SwitcherRowProps {
  readonly item: SwitcherItem
  readonly onChoose: () => void
}

/** One place to go to, or thing to do. */
export function SwitcherRow({ item, onChoose }: SwitcherRowProps) {
  return (
    <Autocomplete.Item value={item} className={styles.item} onClick={onChoose}>
      <span className={styles.icon}>
        <Sign item={item} />
      </span>
      <span className={styles.name} dir="auto">
        <MarkedText text={item.name} marks={item.match.marks} />
      </span>
      <Aside item={item} />
    </Autocomplete.Item>
  )
}

function Sign({ item }: { readonly item: SwitcherItem }) {
  switch (item.kind) {
    case 'own':
      if (item.room.peer != null) return <Avatar user={item.room.peer} size="xs" />
      return <RoomIcon room={item.room} />
    case 'listed':
      return <RoomIcon room={item.room} />
    case 'person':
      return <Avatar user={item.user} size="xs" />
    case 'command':
      return item.command.icon
  }
}

/** What else there is to know before one goes there. */
function Aside({ item }: { readonly item: SwitcherItem }) {
  const { common, rooms } = useAllTexts()
  switch (item.kind) {
    case 'own': {
      const { mentions, unread } = item.room
      if (mentions > 0) return <Badge count={mentions} tone="loud" label={common.mentions(mentions)} />
      return <Badge count={unread} label={common.unread(unread)} />
    }
    case 'listed':
      return (
        <span className={styles.aside}>
          {item.room.banned === true ? rooms.banned : common.members(item.room.members)}
        </span>
      )
    case 'person':
    case 'command':
      return null
  }
}
