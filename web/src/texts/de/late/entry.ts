import type { LateTexts } from '../../late-texts.ts'

export const entry: LateTexts['entry'] = {
  about: 'Team-Chat auf deinem eigenen Server.',
  ways: 'Wie möchtest du hereinkommen?',
  guest: 'Als Gast',
  logIn: 'Anmelden',
  signUp: 'Registrieren',
  guestAbout:
    'Gibt es noch keinen Raum dieses Namens, wird er eröffnet. Gäste reden nur in offenen Räumen mit.',
  logInAbout: 'Auf diesem Gerät bleibst du angemeldet, bis du dich abmeldest.',
  signUpAbout: 'Mit einem Konto hast du private Räume, Direktnachrichten und alles auf allen deinen Geräten.',
  yourName: 'Dein Name',
  name: 'Name',
  nameHint: 'Alle sehen ihn und erwähnen dich damit.',
  nameRule: 'Ein Name besteht aus Buchstaben und Ziffern, dazwischen Punkte, Binde- und Unterstriche.',
  nameOrEmail: 'Name oder E-Mail-Adresse',
  room: 'Raum',
  roomHint: 'Wer seinen Namen kennt, kann hereinkommen.',
  guestTaken: (other) =>
    `Jemand hier hat diesen Namen. Melde dich an, wenn es deiner ist, oder nimm einen anderen: ${other}`,
  roomTaken: 'Den Raum dieses Namens können Gäste nicht betreten. Wähle einen anderen oder melde dich an.',
  enter: 'Eintreten',
  password: 'Passwort',
  passwordRule: (least) => `Mindestens ${least} Zeichen.`,
  showPassword: 'Passwort anzeigen',
  hidePassword: 'Passwort verbergen',
  email: 'E-Mail-Adresse (freiwillig)',
  emailHint: 'Du kannst dich damit anmelden. Sonst sieht sie niemand.',
  ended: 'Du bist abgemeldet. Melde dich wieder an, um weiterzumachen.',
  wanted: 'Melde dich an oder registriere dich, um diesen Link zu öffnen.',
  guestKeeps:
    'Meldest du dich ab, kommt niemand als dieser Gast zurück. Deine Nachrichten bleiben. Aus einem Gast wird kein Konto: Für eines melde dich ab, registriere dich (auch mit diesem Namen, wenn ihn kein Konto hat) und tritt deinen Räumen wieder bei.',
  invitedTo: (name, room) => `${name} lädt dich in „${room}“ ein`,
  needsAccount:
    'Für diesen Raum brauchst du ein Konto, Gäste können nicht beitreten. Registriere dich, oder melde dich an, wenn du eines hast.',
}
