import type { User } from '@parlance/client/models'
import { useCallback } from 'react'
import { useAccount, useClient } from '../chat/client.ts'
import { useSearch } from './use-search.ts'

const limit = 20

/** Looks for accounts by any part of their name; never finds oneself, and guests find nobody. */
export function useUserSearch(name: string) {
  const client = useClient()
  const { id: me, kind } = useAccount()
  const ask = useCallback(
    async (wanted: string): Promise<readonly User[]> => {
      if (kind === 'guest') return []
      const { users } = await client.request({ type: 'user.find', name: wanted, limit })
      return users.filter(({ id }) => id !== me)
    },
    [client, me, kind],
  )
  return useSearch(name, ask)
}
