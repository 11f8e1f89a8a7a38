/** Keys, as they are printed on the keyboard. */
export const keys = {
  Mod: 'Ctrl',
  Alt: 'Alt',
  Shift: 'Shift',
  Enter: 'Enter',
  Escape: 'Esc',
  Tab: 'Tab',
  Delete: 'Del',
  Home: 'Home',
  End: 'End',
  PageUp: 'Page ↑',
  PageDown: 'Page ↓',
  ArrowUp: '↑',
  ArrowDown: '↓',
}
