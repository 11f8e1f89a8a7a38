const minuteMs = 60_000
/** The hour at which "until tomorrow" ends. */
const morningHour = 8

/** How long one may want to be left alone, by the name of the choice. */
export const quietEnds = [
  { name: 'quietHalfHour', end: (now: Date) => new Date(now.getTime() + 30 * minuteMs) },
  { name: 'quietHour', end: (now: Date) => new Date(now.getTime() + 60 * minuteMs) },
  { name: 'quietTomorrow', end: tomorrow },
] as const

/** Tomorrow morning by the clock on the wall, also where the night has another length. */
function tomorrow(now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, morningHour)
}
