import type { Dialect } from '../../live/dialect.ts'

/** Plain text as it was said; who speaks JSON has a name in front (contracts.md §1, §2). Clients come and go silently. */
export const textRooms: Dialect = {
  id: 'text-rooms',
  followsUser: false,
  encode(item) {
    switch (item.type) {
      case 'line.said':
        return item.author === null ? item.text : `${item.author}: ${item.text}`
      case 'line.ended':
        return 'Conversation ended by a participant.'
      default:
        return undefined
    }
  },
}
