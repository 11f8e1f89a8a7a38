/** The number of a room or a message, as the app itself writes it into an address; undefined for anything else. */
export function numberIn(part: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(part) ? Number(part) : undefined
}
