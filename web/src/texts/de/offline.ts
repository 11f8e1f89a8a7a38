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
  refused: 'Der Server hat die Verbindung geschlossen.',
  refusedBy: {
    4500: 'Diese Seite ist älter als der Server oder umgekehrt. Lade sie neu.',
    4503: 'Du bist von diesem Server verbannt.',
    4504: 'Du hast zu viele Verbindungen auf einmal. Schließe andere Tabs oder Geräte und versuch es nochmals.',
  },
}
