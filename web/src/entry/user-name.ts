/** Characters of a name, and the fewest of a password; before the server has told its limits (PROTOCOL.md). */
export const nameLength = 64
export const passwordMin = 8
