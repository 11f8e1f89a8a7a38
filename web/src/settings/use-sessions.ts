import type { Session } from '@parlance/client/models'
import { useCallback, useEffect, useState } from 'react'
import { useClient } from '../chat/client.ts'

interface Sessions {
  /** The latest used first, one's own before them; undefined until they are here. */
  readonly sessions: readonly Session[] | undefined
  readonly error: unknown
  readonly load: () => void
  readonly revoke: (session: Session['id']) => Promise<void>
}

/** The open sessions of one's account. */
export function useSessions(): Sessions {
  const client = useClient()
  const [sessions, setSessions] = useState<readonly Session[]>()
  const [error, setError] = useState<unknown>()
  const load = useCallback(() => {
    setError(undefined)
    client.request({ type: 'session.list' }).then(({ sessions: open }) => setSessions(sorted(open)), setError)
  }, [client])
  useEffect(load, [load])
  const revoke = async (session: Session['id']) => {
    await client.request({ type: 'session.revoke', session })
    setSessions((before) => before?.filter(({ id }) => id !== session))
  }
  return { sessions, error, load, revoke }
}

function sorted(sessions: readonly Session[]): readonly Session[] {
  return sessions.toSorted(
    (a, b) => Number(b.current) - Number(a.current) || b.lastUsedAt.localeCompare(a.lastUsedAt),
  )
}
