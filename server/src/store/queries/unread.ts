import { protocolLimits } from '@parlance/protocol/limits'
import type { UserId } from '@parlance/protocol/models'
import type { ExpressionBuilder } from 'kysely'
import type { Tables } from '../schema.ts'

type OfMember = ExpressionBuilder<Tables, 'members'>

/** How many messages of others come after the member's `read`, deleted ones left out; counted up to the cap. */
export function unreadAfter(eb: OfMember, user: UserId) {
  const some = eb
    .selectFrom('messages')
    .select('messages.id')
    .whereRef('messages.room', '=', 'members.room')
    .whereRef('messages.seq', '>', 'members.read')
    .where('messages.deleted_at', 'is', null)
    .where('messages.author', 'is distinct from', user)
    .limit(protocolLimits.countCap)
  return eb.selectFrom(some.as('some')).select((count) => count.fn.countAll<number>().as('count'))
}

/** How many of those mention the user. */
export function mentionsAfter(eb: OfMember, user: UserId) {
  const some = eb
    .selectFrom('mentions')
    .select('mentions.seq')
    .whereRef('mentions.room', '=', 'members.room')
    .where('mentions.user', '=', user)
    .whereRef('mentions.seq', '>', 'members.read')
    .limit(protocolLimits.countCap)
  return eb.selectFrom(some.as('some')).select((count) => count.fn.countAll<number>().as('count'))
}
