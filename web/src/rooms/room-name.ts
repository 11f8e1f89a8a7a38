import type { OwnRoom } from '@parlance/client/models'
import type { Texts } from '../texts/texts.ts'

/** What a room is called: a direct conversation by the name of the other one. */
export function roomName({ common }: Texts, { visibility, peer, name }: OwnRoom): string {
  if (visibility !== 'direct') return name
  return peer == null || peer.kind === 'deleted' ? common.deletedUser : peer.name
}
