import type { OwnRoom } from '@parlance/client/models'

/** A room as one of its members sees it. */
export function ownRoom(id: number, fields: Partial<OwnRoom> = {}): OwnRoom {
  return {
    id,
    name: `room ${id}`,
    topic: '',
    visibility: 'public',
    archived: false,
    creator: 1,
    createdAt: '2026-01-01T10:00:00.000Z',
    members: 2,
    head: 1,
    role: 'member',
    mutedUntil: null,
    lastMessageAt: null,
    read: 0,
    unread: 0,
    mentions: 0,
    ...fields,
  }
}
