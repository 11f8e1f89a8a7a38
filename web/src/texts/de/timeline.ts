import { pluralOf } from '../plural.ts'
import type { Texts } from '../texts.ts'

const plural = pluralOf('de')

export const timeline: Texts['timeline'] = {
  log: 'Nachrichten',
  newHere: 'Neu',
  seen: 'Gelesen',
  jump: 'Springen',
  jumpToDate: 'Zu einem Datum springen',
  jumpToLatest: 'Zu den neuesten',
  jumpToNew: 'Zu den neuen Nachrichten',
  markAsRead: 'Als gelesen markieren',
  noMessage: 'Diese Nachricht gibt es in diesem Raum nicht.',
  missing: 'Diese Nachricht gibt es nicht mehr. Das ist die nächstgelegene.',
  noneSince: 'Seit diesem Tag gibt es keine Nachrichten.',
  emptyTitle: 'Noch keine Nachrichten',
  emptyHint: 'Sag Hallo.',
  newMessages: (count) => plural(count, { one: '# neue Nachricht', other: '# neue Nachrichten' }),
  newSince: (count, since) =>
    plural(count, { one: `# neue Nachricht seit ${since}`, other: `# neue Nachrichten seit ${since}` }),
  manyNew: '999+ neue Nachrichten',
  announced: (author, text) => `${author}: ${text}`,
  typing: (names) => {
    if (names.length === 1) return `${names[0]} schreibt …`
    if (names.length === 2) return `${names[0]} und ${names[1]} schreiben …`
    return 'Mehrere schreiben …'
  },
  beginning: (date) => `Dieser Raum begann am ${date}.`,
  directBeginning: (name) => `Hier beginnt deine Unterhaltung mit ${name}.`,
  whoMay: {
    open: 'Er ist offen: Auch Gäste dürfen hier lesen und schreiben.',
    public: 'Er ist öffentlich: Jedes Konto darf beitreten.',
    private: 'Er ist privat: Man kommt auf Einladung hinein.',
  },
}
