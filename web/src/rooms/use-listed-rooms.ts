import type { RoomInfo } from '@parlance/client/models'
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useClient, useClientSnapshot } from '../chat/client.ts'

const pauseMs = 150
const limit = 50

interface ListedRooms {
  readonly rooms: readonly RoomInfo[]
  readonly isLoading: boolean
  readonly hasMore: boolean
  readonly error: unknown
  readonly loadMore: () => void
}

/** The rooms that anyone may find, page by page; those that a name finds, a moment after the last key. */
export function useListedRooms(name: string): ListedRooms {
  const client = useClient()
  const [found, setFound] = useState<Omit<ListedRooms, 'loadMore'>>(nothing)
  const asked = useRef(0)
  const load = useCallback(
    async (before: readonly RoomInfo[]) => {
      asked.current += 1
      const mine = asked.current
      setFound({ rooms: before, isLoading: true, hasMore: false, error: undefined })
      try {
        const { rooms, more } = await client.request({
          type: 'room.list',
          scope: 'listed',
          after: before.at(-1)?.id ?? 0,
          limit,
          ...(name === '' ? {} : { name }),
        })
        // A page begins anew where its last room is not found any more.
        const known = new Set(before.map(({ id }) => id))
        const others = rooms.filter(({ id }) => !known.has(id))
        if (mine === asked.current)
          setFound({ rooms: [...before, ...others], isLoading: false, hasMore: more, error: undefined })
      } catch (error) {
        if (mine === asked.current) setFound({ rooms: before, isLoading: false, hasMore: true, error })
      }
    },
    [client, name],
  )
  useEffect(() => {
    const timer = setTimeout(() => void load([]), pauseMs)
    return () => clearTimeout(timer)
  }, [load])
  // What failed for want of a connection is asked again with the next one.
  const isOpen = useClientSnapshot().connection.kind === 'open'
  const again = useEffectEvent(() => {
    if (found.error !== undefined) void load(found.rooms)
  })
  useEffect(() => {
    if (isOpen) again()
  }, [isOpen])
  return { ...found, loadMore: () => void load(found.rooms) }
}

const nothing = { rooms: [], isLoading: true, hasMore: false, error: undefined }
