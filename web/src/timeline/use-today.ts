import { useEffect, useState } from 'react'
import { serverDate, serverNow } from '../chat/now.ts'
import { isSameDay, nextDay } from './days.ts'

/** Timers stop while a machine sleeps: it looks this often. */
const lookMs = 60_000

/** A moment of the present day; another one once the day has changed. */
export function useToday(): Date {
  const [today, setToday] = useState(serverDate)
  useEffect(() => {
    const look = () => setToday((before) => (isSameDay(before, serverDate()) ? before : serverDate()))
    const timer = setInterval(look, lookMs)
    const midnight = setTimeout(look, nextDay(today).getTime() - serverNow())
    return () => {
      clearInterval(timer)
      clearTimeout(midnight)
    }
  }, [today])
  return today
}
