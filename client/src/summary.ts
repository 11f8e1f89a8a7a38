import type { Event } from '@parlance/protocol/events'
import type { Message, OwnRoom, UserId } from '@parlance/protocol/models'
import type { MessageList } from './message-list.ts'

/** Counts stop here; beyond, only the server knows. */
const countCap = 999

/** A summary after an event. */
export interface Advanced {
  readonly summary: OwnRoom
  /** False where the event does not tell all: the summary has to be asked for. */
  readonly isSure: boolean
}

/** Takes an event into a room's summary. `before` is the message it is about, where that is known. */
export function advanceSummary(
  summary: OwnRoom,
  event: Event,
  me: UserId,
  before: Message | undefined,
): Advanced {
  const next = { ...summary, head: event.seq }
  const sure = (change: Partial<OwnRoom> = {}): Advanced => ({
    summary: { ...next, ...change },
    isSure: true,
  })
  const unsure: Advanced = { summary: next, isSure: false }
  switch (event.type) {
    case 'room.created':
    case 'room.updated':
      return sure({ name: event.name, topic: event.topic, visibility: event.visibility })
    case 'room.archived':
      return sure({ archived: true })
    case 'member.joined':
      return sure({ members: summary.members + 1 })
    case 'member.left':
    case 'member.removed':
      return sure({ members: summary.members - 1 })
    case 'member.banned':
    case 'user.deleted':
      // Whether they were a member, the event does not tell.
      return unsure
    case 'member.updated':
      return event.user.id === me ? sure({ role: event.role, mutedUntil: event.mutedUntil }) : sure()
    case 'message.created':
      // Another device may have read it before it came here.
      return event.actor.id === me || event.seq <= summary.read
        ? sure({ lastMessageAt: event.at })
        : sure({
            lastMessageAt: event.at,
            unread: Math.min(countCap, summary.unread + 1),
            mentions: Math.min(countCap, summary.mentions + Number(event.mentions.includes(me))),
          })
    case 'message.edited':
    case 'message.deleted':
      return concernsCounts(summary, event, me, before) ? unsure : sure()
    default:
      return sure()
  }
}

/** Whether an edit or a delete may have changed what is unread. */
function concernsCounts(
  summary: OwnRoom,
  event: Extract<Event, { type: 'message.edited' | 'message.deleted' }>,
  me: UserId,
  before: Message | undefined,
): boolean {
  if (before !== undefined && (before.author.id === me || before.seq <= summary.read)) return false
  const mentionsMe = event.type === 'message.edited' && event.mentions.includes(me)
  return event.type === 'message.deleted' ? summary.unread > 0 : mentionsMe || summary.mentions > 0
}

/** What is unread after a seq, counted in messages that reach from there to the head. */
export function countUnread(
  messages: MessageList,
  read: number,
  me: UserId,
): Pick<OwnRoom, 'unread' | 'mentions'> {
  let [unread, mentions] = [0, 0]
  for (let i = messages.countUpTo(read); i < messages.length; i += 1) {
    const message = messages.at(i)
    if (message === undefined || message.author.id === me || message.deletedAt !== null) continue
    unread += 1
    if (message.mentions.includes(me)) mentions += 1
  }
  return { unread: Math.min(countCap, unread), mentions: Math.min(countCap, mentions) }
}
