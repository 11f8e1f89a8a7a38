import type { RoomInfo } from '@parlance/client/models'
import { searchKey } from '@parlance/client/search'
import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { useClient, useOwnRooms } from '../chat/client.ts'
import { Awaited } from '../offline/awaited.tsx'
import { roomPath } from '../paths.ts'
import { errorText } from '../texts/error-text.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useToasts } from '../ui/toasts.ts'
import styles from './browse-rooms.module.css'
import { RoomIcon } from './room-icon.tsx'
import { useEntering } from './use-entering.ts'
import { useListedRooms } from './use-listed-rooms.ts'

/** Rooms to look into or to join, found by any part of their name. */
export function BrowseRooms() {
  const texts = useAllTexts()
  const [name, setName] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useEntering(() => field.current?.focus())
  // What nothing could be found by shows them all.
  const wanted = searchKey(name) === '' ? '' : name.trim()
  const { rooms, isLoading, hasMore, error, loadMore } = useListedRooms(wanted)
  const own = new Set(useOwnRooms().map(({ id }) => id))
  return (
    <div className={styles.scroll}>
      <div className={styles.column}>
        <TextField
          field={field}
          label={texts.rooms.browseFind}
          type="search"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <ul className={styles.list}>
          {rooms.map((room) => (
            <ListedRoom key={room.id} room={room} isOwn={own.has(room.id)} />
          ))}
        </ul>
        {error !== undefined && <Notice tone="danger">{errorText(texts, error)}</Notice>}
        {isLoading && (
          <Awaited>
            <Spinner label={texts.common.loading} />
          </Awaited>
        )}
        {!isLoading && error === undefined && rooms.length === 0 && (
          <p className={styles.empty}>{wanted === '' ? texts.rooms.browseEmpty : texts.rooms.browseNone}</p>
        )}
        {hasMore && !isLoading && <Button onClick={loadMore}>{texts.common.more}</Button>}
      </div>
    </div>
  )
}

function ListedRoom({ room, isOwn }: { readonly room: RoomInfo; readonly isOwn: boolean }) {
  const texts = useAllTexts()
  const client = useClient()
  const toasts = useToasts()
  const [, go] = useLocation()
  const [isBusy, setBusy] = useState(false)
  const enter = async () => {
    setBusy(true)
    try {
      if (!isOwn) await client.request({ type: 'room.join', room: room.id })
      go(roomPath(room.id))
    } catch (error) {
      toasts.fail(error)
      setBusy(false)
    }
  }
  return (
    <li className={styles.room}>
      <span className={styles.icon}>
        <RoomIcon room={room} />
      </span>
      <div className={styles.words}>
        <h2 className={styles.name} dir="auto">
          {room.name}
        </h2>
        <p className={styles.about}>
          {texts.common.members(room.members)}
          {room.topic !== '' && (
            <>
              {' · '}
              <bdi>{room.topic}</bdi>
            </>
          )}
        </p>
      </div>
      {room.banned === true ? (
        <span className={styles.about}>{texts.rooms.banned}</span>
      ) : (
        <Button
          size="sm"
          tone={isOwn ? 'quiet' : 'plain'}
          isBusy={isBusy}
          aria-label={isOwn ? texts.rooms.openRoom(room.name) : texts.rooms.joinRoom(room.name)}
          onClick={() => void enter()}
        >
          {isOwn ? texts.rooms.openAction : texts.rooms.join}
        </Button>
      )}
    </li>
  )
}
