import { pluralOf } from '../plural.ts'
import type { Texts } from '../texts.ts'

const plural = pluralOf('de')

export const errors: Texts['errors'] = {
  bad_credentials: 'Name oder Passwort ist falsch.',
  session_ended: 'Deine Sitzung ist beendet. Bitte melde dich neu an.',
  unauthenticated: 'Bitte melde dich neu an.',
  signed_out: 'Bitte melde dich neu an.',
  bad_origin: (origin) =>
    `Dieser Server nimmt keine Anfragen von ${origin} an. Wer ihn betreibt, findet den Grund in seinem Protokoll.`,
  forbidden: 'Deine Rolle erlaubt das nicht.',
  not_a_member: 'Du bist kein Mitglied dieses Raums.',
  banned: 'Du bist aus diesem Raum verbannt.',
  muted: 'Du bist in diesem Raum stummgeschaltet.',
  limit_reached: 'Eine Grenze dieses Servers ist erreicht.',
  not_found: 'Das gibt es nicht, oder du darfst es nicht sehen.',
  name_taken: 'Dieser Name ist vergeben.',
  email_taken: 'Diese E-Mail-Adresse ist vergeben.',
  archived: 'Dieser Raum ist archiviert: Er kann gelesen, aber nicht geändert werden.',
  last_owner: 'Ein Raum behält mindestens einen Besitzer. Mach zuerst jemand anderen zum Besitzer.',
  too_large: 'Das ist zu lang.',
  rate_limited: 'Zu viel auf einmal.',
  offline: 'Der Server ist nicht erreichbar.',
  connection_lost:
    'Die Verbindung ist abgerissen. Vielleicht hat es geklappt: Sieh nach, bevor du es nochmals versuchst.',
  unavailable: 'Der Server kann das gerade nicht.',
  internal: 'Der Server hat versagt.',
  bad_request: 'Der Server nimmt das nicht an.',
  failed: 'Das hat nicht geklappt.',
  retryIn: {
    second: (count) =>
      plural(count, {
        one: 'Versuch es in # Sekunde nochmals.',
        other: 'Versuch es in # Sekunden nochmals.',
      }),
    minute: (count) =>
      plural(count, { one: 'Versuch es in # Minute nochmals.', other: 'Versuch es in # Minuten nochmals.' }),
    hour: (count) =>
      plural(count, { one: 'Versuch es in # Stunde nochmals.', other: 'Versuch es in # Stunden nochmals.' }),
    day: (count) =>
      plural(count, { one: 'Versuch es in # Tag nochmals.', other: 'Versuch es in # Tagen nochmals.' }),
  },
}
