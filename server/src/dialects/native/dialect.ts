import type { Dialect, Item } from '../../live/dialect.ts'

/** Our own protocol: events and signals are sent as they are; notices and lines are the five contracts'. */
export const native: Dialect = {
  id: 'native',
  followsUser: true,
  encode: (item: Item) =>
    item.type.startsWith('connection.') || item.type.startsWith('line.') ? undefined : JSON.stringify(item),
}
