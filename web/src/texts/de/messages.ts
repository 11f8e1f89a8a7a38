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
  addReaction: 'Reagieren',
  linkCopied: 'Link kopiert',
  copyText: 'Text kopieren',
  textCopied: 'Text kopiert',
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
  reactionLimit: (count) => `Eine Nachricht kann höchstens ${count} verschiedene Reaktionen haben.`,
  replyTo: (name) => `Antwort an ${name}`,
  replyGone: 'Die beantwortete Nachricht kann nicht gezeigt werden',
  sending: 'Wird gesendet …',
  waiting: 'Wird gesendet, sobald du wieder online bist',
  notSent: 'Nicht gesendet.',
  discard: 'Verwerfen',
}
