/** What can be done by keyboard, as the sheet shows it: the keys by the names of `KeyboardEvent.key`, and `Mod` for Ctrl or ⌘. */
export const shortcuts = {
  everywhere: [
    { does: 'switch', keys: [['Mod', 'K']] },
    {
      does: 'nextRoom',
      keys: [
        ['Alt', 'ArrowUp'],
        ['Alt', 'ArrowDown'],
      ],
    },
    {
      does: 'nextUnread',
      keys: [
        ['Alt', 'Shift', 'ArrowUp'],
        ['Alt', 'Shift', 'ArrowDown'],
      ],
    },
    { does: 'sheet', keys: [['?']] },
    { does: 'close', keys: [['Escape']] },
  ],
  composer: [
    { does: 'send', keys: [['Enter']] },
    { does: 'newLine', keys: [['Shift', 'Enter']] },
    { does: 'editLast', keys: [['ArrowUp']] },
    { does: 'toMessages', keys: [['Shift', 'Tab']] },
  ],
  messages: [
    { does: 'move', keys: [['ArrowUp'], ['ArrowDown']] },
    { does: 'page', keys: [['PageUp'], ['PageDown']] },
    { does: 'ends', keys: [['Home'], ['End']] },
    { does: 'menu', keys: [['Enter']] },
    { does: 'reply', keys: [['R']] },
    { does: 'edit', keys: [['E']] },
    { does: 'react', keys: [['+']] },
    { does: 'copyLink', keys: [['C']] },
    { does: 'remove', keys: [['Delete']] },
    { does: 'toComposer', keys: [['Escape']] },
  ],
} as const

/** Whether a key press is meant for a text, and no shortcut. */
export function isTyping({ target, isComposing }: KeyboardEvent): boolean {
  return (
    isComposing ||
    (target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select')))
  )
}
