import { ParlanceError } from '@parlance/client/errors'
import type { InvitedRoom, User } from '@parlance/client/models'
import { useEffect, useState } from 'react'
import { useClient, useClientSnapshot } from '../chat/client.ts'

export interface Invitation {
  readonly room: InvitedRoom
  readonly createdBy: User
}

interface Found {
  readonly invited?: Invitation
  readonly error?: unknown
}

/** What the code of a link leads to, also for whoever is not logged in (SPEC AC40); nothing without a code. */
export function useInvitation(code: string | undefined): Found {
  const client = useClient()
  const { connection } = useClientSnapshot()
  const [found, setFound] = useState<Found>({})
  const mayAsk = connection.kind === 'open' || connection.kind === 'signed-out'
  useEffect(() => {
    if (!mayAsk || code === undefined) return
    let isWanted = true
    client.request({ type: 'invite.get', code }).then(
      (invited) => isWanted && setFound({ invited }),
      (error: unknown) => isWanted && setFound({ error }),
    )
    return () => {
      isWanted = false
    }
  }, [client, code, mayAsk])
  return found
}

/** Whether the link does not hold any more, or never did. */
export function isGone(error: unknown): boolean {
  return error instanceof ParlanceError && (error.code === 'not_found' || error.code === 'bad_request')
}
