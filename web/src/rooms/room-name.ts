import type { OwnRoom } from '@parlance/client/models'
import { personName } from '../texts/person-name.ts'
import type { Texts } from '../texts/texts.ts'

/** What a room is called: a direct conversation by the name of the other one. */
export function roomName({ common }: Texts, { visibility, peer, name }: OwnRoom): string {
  if (visibility !== 'direct') return name
  return peer == null ? common.deletedUser : personName(common, peer)
}
