import { useClientSnapshot } from '../chat/client.ts'
import { useAbsence } from './use-absence.ts'

/** Whether what is not here cannot be had now: an attempt to connect has failed, or there is no connection for a while. */
export function useIsAway(): boolean {
  const { connection } = useClientSnapshot()
  const absence = useAbsence(connection.kind === 'open')
  if (connection.kind === 'waiting' || connection.kind === 'connecting') {
    return connection.attempt > 0 || absence === 'away'
  }
  return connection.kind === 'refused' || (connection.kind === 'closed' && absence === 'away')
}
