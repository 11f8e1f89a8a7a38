import { type Failure, failure } from '@parlance/protocol/errors'
import type { RoomId } from '@parlance/protocol/models'
import type { Actor, Chat } from './chat.ts'
import { networkOf } from './rates.ts'

/** Why what this actor writes now is too much: for themselves, in all rooms together, or for this room, of all its authors. */
export function overMessageRate(
  { limits, rates }: Pick<Chat, 'limits' | 'rates'>,
  actor: Actor,
  room: RoomId,
): Failure | undefined {
  const { messagesPerSecond: own, messagesPerSecondPerRoom: shared } = limits
  const key = own === 0 ? '' : `message:${actor.id ?? networkOf(actor.address)}`
  const waitMs = own === 0 ? 0 : rates.take(key, own, 1_000, own * 2)
  if (waitMs > 0) return failure('rate_limited', 'Too many messages. Try again in a moment.', waitMs)
  const roomWaitMs = shared === 0 ? 0 : rates.take(`room:${room}`, shared, 1_000, shared * 2)
  if (roomWaitMs === 0) return undefined
  if (own > 0) rates.giveBack(key)
  return failure('rate_limited', 'Too many messages in this room. Try again in a moment.', roomWaitMs)
}
