import { pluralOf } from '../plural.ts'
import type { Texts } from '../texts.ts'

const plural = pluralOf('de')

export const composer: Texts['composer'] = {
  label: (room) => `Nachricht an ${room}`,
  placeholder: (room) => `Nachricht an ${room}`,
  send: 'Senden',
  emoji: 'Emoji einfügen',
  left: (count) => plural(count, { one: 'Noch # Zeichen', other: 'Noch # Zeichen' }),
  over: (count) => plural(count, { one: '# Zeichen zu viel', other: '# Zeichen zu viel' }),
  replyingTo: (name) => `Antwort an ${name}`,
  cancelReply: 'Nicht antworten',
  notifyReplied: (name) => `${name} über diese Antwort benachrichtigen`,
  notifyOn: 'An',
  notifyOff: 'Aus',
  absent: (name) => `@${name} ist nicht in diesem Raum und wird nicht benachrichtigt.`,
  inviteAbsent: (name) => `${name} einladen`,
  suggestions: 'Vorschläge',
  draft: 'Entwurf',
  archived: 'Dieser Raum ist archiviert. Hier schreibt niemand mehr.',
  mutedUntil: (time) => `Du bist in diesem Raum bis ${time} stummgeschaltet.`,
  gone: 'Du bist kein Mitglied dieses Raums mehr.',
  guestsOut: 'Dieser Raum ist für Gäste nicht mehr offen.',
}
