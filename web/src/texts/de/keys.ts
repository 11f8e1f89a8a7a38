import type { Texts } from '../texts.ts'

export const keys: Texts['keys'] = {
  Mod: 'Strg',
  Alt: 'Alt',
  Shift: 'Umschalt',
  Enter: 'Eingabe',
  Escape: 'Esc',
  Tab: 'Tab',
  Delete: 'Entf',
  Home: 'Pos1',
  End: 'Ende',
  PageUp: 'Bild ↑',
  PageDown: 'Bild ↓',
  ArrowUp: '↑',
  ArrowDown: '↓',
}
