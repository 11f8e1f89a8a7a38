import { pluralOf } from '../plural.ts'
import type { Texts } from '../texts.ts'

const plural = pluralOf('de')

export const common: Texts['common'] = {
  appName: 'Parlance',
  cancel: 'Abbrechen',
  close: 'Schließen',
  back: 'Zurück',
  save: 'Speichern',
  delete: 'Löschen',
  retry: 'Nochmals versuchen',
  more: 'Mehr',
  loading: 'Lädt …',
  notFound: 'Seite nicht gefunden',
  notFoundAbout: 'Unter dieser Adresse gibt es nichts. Vielleicht ist der Link vertippt oder zu alt.',
  toStart: 'Startseite',
  copied: 'Kopiert',
  search: 'Suchen',
  you: 'du',
  deletedUser: 'Gelöschtes Konto',
  guest: 'Gast',
  noFiles: 'Dateien kann man noch nicht senden.',
  noFilesHint: 'Ein Link dahin geht.',
  unread: (count) => plural(count, { one: '# ungelesene Nachricht', other: '# ungelesene Nachrichten' }),
  mentions: (count) => plural(count, { one: '# Erwähnung', other: '# Erwähnungen' }),
  members: (count) => plural(count, { one: '# Mitglied', other: '# Mitglieder' }),
  list: (items) => new Intl.ListFormat('de').format(items),
}
