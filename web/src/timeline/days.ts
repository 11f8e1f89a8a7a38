import type { Timestamp } from '@parlance/client/models'

/** Whether two times are on one day of the person's calendar. */
export function isSameDay(a: Timestamp | Date, b: Timestamp | Date): boolean {
  const [one, other] = [new Date(a), new Date(b)]
  return (
    one.getDate() === other.getDate() &&
    one.getMonth() === other.getMonth() &&
    one.getFullYear() === other.getFullYear()
  )
}

/** The first moment of the next day; days have 23 to 25 hours. */
export function nextDay(now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1)
}

/** How many days a time lies before the day of `now`; 0 today. */
function daysBefore(at: Date, now: Date): number {
  const noon = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
  return (noon(now) - noon(at)) / 86_400_000
}

/** How times are written. */
export interface Dates {
  /** `14:02` */
  time(at: Timestamp): string
  /** `Friday, 20 November 2026 at 14:02` */
  full(at: Timestamp): string
  /** `Today`, `Yesterday`, `Friday, 13 November`, with the year where it is another one. */
  day(at: Timestamp, now: Date): string
  /** `13 November 2026` */
  date(at: Timestamp): string
  /** The time of today's, the day and the time of others. */
  since(at: Timestamp, now: Date): string
}

const made = new Map<string, Dates>()

/** The dates of a language, as the region of the browser writes them where it speaks that language. */
export function datesOf(language: string, spoken: readonly string[] = navigator.languages): Dates {
  const locale = spoken.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language
  const dates = made.get(locale) ?? makeDates(locale)
  made.set(locale, dates)
  return dates
}

function makeDates(locale: string): Dates {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options)
  const time = format({ hour: 'numeric', minute: '2-digit' })
  const full = format({ dateStyle: 'full', timeStyle: 'short' })
  const nearDay = format({ weekday: 'long', day: 'numeric', month: 'long' })
  const farDay = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const short = format({ dateStyle: 'medium', timeStyle: 'short' })
  const date = format({ dateStyle: 'long' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  return {
    time: (at) => time.format(new Date(at)),
    full: (at) => full.format(new Date(at)),
    day(at, now) {
      const on = new Date(at)
      const ago = daysBefore(on, now)
      if (ago === 0 || ago === 1) return capitalised(relative.format(-ago, 'day'), locale)
      return (on.getFullYear() === now.getFullYear() ? nearDay : farDay).format(on)
    },
    date: (at) => date.format(new Date(at)),
    since: (at, now) => (isSameDay(at, now) ? time : short).format(new Date(at)),
  }
}

function capitalised(text: string, locale: string): string {
  return text.slice(0, 1).toLocaleUpperCase(locale) + text.slice(1)
}

/** A day as a date field writes it: `2026-11-20`. */
export function inputDay(date: Date): string {
  const padded = (number: number, length: number) => String(number).padStart(length, '0')
  return `${padded(date.getFullYear(), 4)}-${padded(date.getMonth() + 1, 2)}-${padded(date.getDate(), 2)}`
}

/** The first moment of a day that a date field gives. */
export function dayOf(value: string): Date | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? []
  return year === undefined ? undefined : new Date(Number(year), Number(month) - 1, Number(day))
}
