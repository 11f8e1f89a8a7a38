import { ParlanceError } from '@parlance/client/errors'
import type { Session } from '@parlance/client/models'
import { useCallback, useEffect, useEffectEvent, useState } from 'react'
import { useClient, useClientSnapshot } from '../chat/client.ts'

interface Sessions {
  /** The latest used first, one's own before them; undefined until they are here. */
  readonly sessions: readonly Session[] | undefined
  readonly error: unknown
  readonly load: () => void
  readonly revoke: (session: Session['id']) => Promise<void>
  /** Ends all but this one, those too that began since they were listed. */
  readonly revokeOthers: () => Promise<void>
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
  // What failed for want of a connection is asked again with the next one.
  const isOpen = useClientSnapshot().connection.kind === 'open'
  const again = useEffectEvent(() => {
    if (error !== undefined) load()
  })
  useEffect(() => {
    if (isOpen) again()
  }, [isOpen])
  const revoke = async (session: Session['id']) => {
    try {
      await client.request({ type: 'session.revoke', session })
    } catch (error) {
      // It has ended by itself, or from elsewhere.
      if (!(error instanceof ParlanceError) || error.code !== 'not_found') throw error
    }
    setSessions((before) => before?.filter(({ id }) => id !== session))
  }
  const revokeOthers = async () => {
    const { sessions: open } = await client.request({ type: 'session.list' })
    for (const { id, current } of open) if (!current) await revoke(id)
  }
  return { sessions, error, load, revoke, revokeOthers }
}

function sorted(sessions: readonly Session[]): readonly Session[] {
  return sessions.toSorted(
    (a, b) => Number(b.current) - Number(a.current) || b.lastUsedAt.localeCompare(a.lastUsedAt),
  )
}
