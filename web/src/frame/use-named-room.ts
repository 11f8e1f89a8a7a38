import { useEffect } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { useClient } from '../chat/client.ts'
import { enterRoom } from '../entry/enter-room.ts'
import { paths, roomPath } from '../paths.ts'
import { useToasts } from '../ui/toasts.ts'

/** `/?room=tea` leads into the room of that name. */
export function useNamedRoom(): void {
  const client = useClient()
  const toasts = useToasts()
  const [path, go] = useLocation()
  const [search] = useSearchParams()
  const name = path === paths.home ? search.get('room')?.trim() : undefined
  useEffect(() => {
    if (name === undefined || name === '') return
    go(paths.home, { replace: true })
    enterRoom(client, name).then((room) => go(roomPath(room)), toasts.fail)
  }, [client, name, go, toasts])
}
