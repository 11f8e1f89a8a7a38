import { useSyncExternalStore } from 'react'
import { useClientSnapshot } from '../chat/client.ts'
import { useAbsence } from './use-absence.ts'

/**
 * Whether what is not here cannot be had now: an attempt to connect has failed, or there is no connection for a while. Where
 * the browser says that it has no network, an open connection is taken for none: nobody has noticed its end yet.
 */
export function useIsAway(): boolean {
  const { connection } = useClientSnapshot()
  const isOpen = connection.kind === 'open'
  const hasNetwork = useSyncExternalStore(onNetwork, () => navigator.onLine)
  const absence = useAbsence(isOpen && hasNetwork)
  if (connection.kind === 'waiting' || connection.kind === 'connecting') {
    return connection.attempt > 0 || absence === 'away'
  }
  return connection.kind === 'refused' || ((isOpen || connection.kind === 'closed') && absence === 'away')
}

function onNetwork(changed: () => void): () => void {
  for (const type of ['online', 'offline']) addEventListener(type, changed)
  return () => {
    for (const type of ['online', 'offline']) removeEventListener(type, changed)
  }
}
