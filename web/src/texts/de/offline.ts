import type { Texts } from '../texts.ts'

export const offline: Texts['offline'] = {
  away: 'Keine Verbindung. Was du sendest, wird behalten und geht später hinaus.',
  notKept: 'Ohne Verbindung nicht verfügbar. Es lädt, sobald du wieder verbunden bist.',
  trying: 'Verbindet …',
  tryingIn: (seconds) => `Nächster Versuch in ${seconds} s`,
  tryNow: 'Jetzt versuchen',
  back: 'Wieder verbunden.',
  crashed: 'Hier ist etwas schiefgegangen.',
  reload: 'Seite neu laden',
}
