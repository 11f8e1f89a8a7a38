/** Characters of a name, and the fewest of a password; before the server has told its limits (PROTOCOL.md). */
export const nameLength = 64
export const passwordMin = 8

/** Whether a person may be called so: letters, digits, and dots, dashes and underscores between them. */
export function isUserName(name: string): boolean {
  return /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._-]*[\p{L}\p{M}\p{N}])?$/u.test(name)
}
