import { pluralOf } from '../plural.ts'
import type { Texts } from '../texts.ts'

const plural = pluralOf('de')
const list = new Intl.ListFormat('de')

export const messages: Texts['messages'] = {
  deleted: 'Diese Nachricht wurde gelöscht',
  edited: 'bearbeitet',
  editedAt: (time) => `Bearbeitet ${time}`,
  showMore: 'Mehr anzeigen',
  showLess: 'Weniger anzeigen',
  taskDone: 'Erledigt',
  taskOpen: 'Offen',
  code: 'Code',
  copyCode: 'Code kopieren',
  opensElsewhere: 'öffnet einen neuen Tab',
  actions: 'Aktionen zur Nachricht',
  addReaction: 'Reagieren',
  reactWith: (emoji) => `Mit ${emoji} reagieren`,
  reply: 'Antworten',
  more: 'Weitere Aktionen',
  edit: 'Bearbeiten',
  copyLink: 'Link kopieren',
  linkCopied: 'Link kopiert',
  copyText: 'Text kopieren',
  textCopied: 'Text kopiert',
  deleteTitle: 'Diese Nachricht löschen?',
  deleteOwn: 'Sie verschwindet für alle im Raum.',
  deleteOther: (name) => `Die Nachricht von ${name} verschwindet für alle im Raum.`,
  reactions: 'Reaktionen',
  reaction: (emoji, count, isOwn) =>
    `${emoji} ${plural(count, { one: '# Reaktion', other: '# Reaktionen' })}${isOwn ? ', eine davon von dir' : ''}`,
  reactedBy: (emoji, names, isOwn, others) => {
    const rest = others === 0 ? [] : [plural(others, { one: '# weitere Person', other: '# weitere' })]
    const people = [...(isOwn ? ['Du'] : []), ...names, ...rest]
    const isOne = people.length === 1 && others <= 1
    const verb = !isOne ? 'haben' : isOwn ? 'hast' : 'hat'
    return `${list.format(people)} ${verb} mit ${emoji} reagiert`
  },
  showReactors: 'Wer hat reagiert?',
  whoReacted: (emoji) => `Wer mit ${emoji} reagiert hat`,
  you: 'du',
  reactionLimit: (count) => `Eine Nachricht kann höchstens ${count} verschiedene Reaktionen haben.`,
  pickEmoji: 'Emoji',
  searchEmoji: 'Emoji suchen',
  noEmoji: (search) => `Kein Emoji zu „${search}“`,
  emojiUnavailable: 'Die Emoji können gerade nicht geladen werden.',
  recentEmoji: 'Zuletzt benutzt',
  skinTone: 'Hautton',
  replyTo: (name) => `Antwort an ${name}`,
  replyGone: 'Die beantwortete Nachricht kann nicht gezeigt werden',
  editLabel: 'Nachricht bearbeiten',
  editHint: 'Enter speichert, Escape bricht ab',
  editGone: 'Diese Nachricht wurde inzwischen gelöscht.',
  sending: 'Wird gesendet …',
  waiting: 'Wird gesendet, sobald du wieder online bist',
  notSent: 'Nicht gesendet.',
  discard: 'Verwerfen',
}
