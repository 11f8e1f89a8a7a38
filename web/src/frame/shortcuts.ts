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
    { does: 'send', keys: [['Enter'], ['Mod', 'Enter']] },
    { does: 'newLine', keys: [['Shift', 'Enter']] },
    { does: 'bold', keys: [['Mod', 'B']] },
    { does: 'italic', keys: [['Mod', 'I']] },
    { does: 'code', keys: [['Mod', 'E']] },
    { does: 'strike', keys: [['Mod', 'Shift', 'X']] },
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
