import { pluralOf } from '../plural.ts'

const plural = pluralOf('en')

/** The list of rooms, and what one does with rooms and their members. */
export const rooms = {
  sidebar: 'Rooms and conversations',
  rooms: 'Rooms',
  directs: 'Direct messages',
  find: 'Go to a room or person',
  create: 'Create a room',
  browse: 'Browse rooms',
  browseOpen: 'Browse open rooms',
  newDirect: 'New direct message',
  noDirects: 'Nobody yet.',
  draft: 'Draft',
  roomMenu: (name: string) => `Options for ${name}`,
  thisRoom: 'Actions for this room',
  archive: (count: number) => plural(count, { one: '# archived room', other: '# archived rooms' }),
  online: 'Online',
  offline: 'Offline',
  whoIsThere: (members: number, online: number) =>
    `${plural(members, { one: '# member', other: '# members' })}, ${online} online`,
  details: 'Details',
}
