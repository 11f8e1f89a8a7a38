import { protocolLimits } from '@parlance/protocol/limits'
import type { UserId } from '@parlance/protocol/models'
import type { ExpressionBuilder, RawBuilder } from 'kysely'
import type { Tables } from '../schema.ts'

type OfMember = ExpressionBuilder<Tables, 'members'>

/** Messages after the marker that are looked at: who writes a great deal and marks nothing is not counted for ever. */
const maxLookedAt = 10_000

/** How many messages of others come after the member's `read`, deleted ones left out; counted up to the cap. */
export function unreadAfter(eb: OfMember, user: UserId | RawBuilder<UserId>) {
  const recent = eb
    .selectFrom('messages')
    .select(['messages.author', 'messages.deleted_at'])
    .whereRef('messages.room', '=', 'members.room')
    .whereRef('messages.seq', '>', 'members.read')
    .orderBy('messages.seq')
    .limit(maxLookedAt)
  const some = eb
    .selectFrom(recent.as('recent'))
    .select('recent.author')
    .where('recent.deleted_at', 'is', null)
    .where('recent.author', 'is distinct from', user)
    .limit(protocolLimits.countCap)
  return eb.selectFrom(some.as('some')).select((count) => count.fn.countAll<number>().as('count'))
}

/** How many of those mention the user. */
export function mentionsAfter(eb: OfMember, user: UserId | RawBuilder<UserId>) {
  const some = eb
    .selectFrom('mentions')
    .select('mentions.seq')
    .whereRef('mentions.room', '=', 'members.room')
    .where('mentions.user', '=', user)
    .whereRef('mentions.seq', '>', 'members.read')
    .limit(protocolLimits.countCap)
  return eb.selectFrom(some.as('some')).select((count) => count.fn.countAll<number>().as('count'))
}
