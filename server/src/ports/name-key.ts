/** What names are found by whatever their case: upper case, where `ß` is `SS` and every sigma the same. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toUpperCase()
}
