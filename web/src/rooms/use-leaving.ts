import type { OwnRoom, UserId } from '@parlance/client/models'
import { useRef } from 'react'
import { useLocation, useRoute } from 'wouter'
import { useClient } from '../chat/client.ts'
import { paths } from '../paths.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { useToasts } from '../ui/toasts.ts'

/** Leaves a room, says so, and goes away from it; `owner` becomes its owner with that. */
export function useLeaving(): (room: OwnRoom, owner?: UserId) => Promise<void> {
  const { rooms } = useAllTexts()
  const client = useClient()
  const toasts = useToasts()
  const [, go] = useLocation()
  const [, route] = useRoute('/r/:room/:seq?')
  const shown = useRef<string>(undefined)
  shown.current = route?.room
  return async ({ id, name }, owner) => {
    await client.request({ type: 'room.leave', room: id, ...(owner !== undefined && { owner }) })
    if (shown.current === String(id)) go(paths.home)
    toasts.say(rooms.youLeft(name))
  }
}
