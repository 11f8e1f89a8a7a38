import { pluralOf } from '../plural.ts'
import type { Texts } from '../texts.ts'

const plural = pluralOf('de')

export const rooms: Texts['rooms'] = {
  sidebar: 'Räume und Gespräche',
  rooms: 'Räume',
  directs: 'Direktnachrichten',
  find: 'Raum oder Person finden',
  create: 'Raum anlegen',
  browse: 'Räume durchsehen',
  browseOpen: 'Offene Räume durchsehen',
  newDirect: 'Neue Direktnachricht',
  noDirects: 'Noch mit niemandem.',
  draft: 'Entwurf',
  roomMenu: (name) => `Optionen für ${name}`,
  thisRoom: 'Aktionen für diesen Raum',
  archive: (count) => plural(count, { one: '# archivierter Raum', other: '# archivierte Räume' }),
  online: 'Online',
  offline: 'Offline',
  whoIsThere: (members, online) =>
    `${plural(members, { one: '# Mitglied', other: '# Mitglieder' })}, ${online} online`,
  details: 'Details',
}
