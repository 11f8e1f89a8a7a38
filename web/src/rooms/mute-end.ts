import { inputDay } from '../timeline/days.ts'

/** The longest that the protocol lets one be muted. */
const longestMs = 365 * 86_400_000

/** The server's time is known to about this: without it an end at 15:32 may be told as 15:31 (and 59 seconds). */
const doubtMs = 1_000

/**
 * How long until what a date and time field gives, read in the local time zone, and not less; undefined where that is
 * past, too far away or not complete.
 */
export function muteMs(value: string, nowMs: number): number | undefined {
  const forMs = new Date(value).getTime() - nowMs
  return forMs > 0 && forMs <= longestMs ? Math.min(forMs + doubtMs, longestMs) : undefined
}

/** The earliest and the latest end, as the field writes them: `2026-11-20T14:02`. */
export function muteRange(nowMs: number): { readonly min: string; readonly max: string } {
  return { min: inputTime(nowMs + 60_000), max: inputTime(nowMs + longestMs) }
}

/** The field's first value: this time tomorrow. */
export function inputTomorrow(nowMs: number): string {
  const end = new Date(nowMs)
  end.setDate(end.getDate() + 1)
  return inputTime(end.getTime())
}

function inputTime(atMs: number): string {
  const at = new Date(atMs)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${inputDay(at)}T${two(at.getHours())}:${two(at.getMinutes())}`
}
