import { useEffect } from 'react'
import { useRoute } from 'wouter'
import { useClientSnapshot } from '../chat/client.ts'
import { hrefOf } from '../paths.ts'
import { usePreferences } from '../preferences.ts'
import { roomName } from '../rooms/room-name.ts'
import { clipMarks } from '../texts/clip-marks.ts'
import { useTexts } from '../texts/texts.ts'
import { countOf } from './notable.ts'

/** The title of the page says which room is open and how many messages wait; the icon has a dot while some do. */
export function useTitle(): void {
  const texts = useTexts()
  const preferences = usePreferences()
  const { rooms } = useClientSnapshot()
  const [, open] = useRoute('/r/:room/:seq?')
  const room = open === null ? undefined : rooms.find(({ id }) => id === Number(open.room))
  const count = countOf(rooms, preferences)
  const name = room === undefined ? '' : `${clipMarks(roomName(texts, room))} · `
  const { appName } = texts.common
  useEffect(() => {
    document.title = `${count === 0 ? '' : `(${count}) `}${name}${appName}`
  }, [count, name, appName])
  const hasUnread = count > 0
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]')
    if (icon !== null) icon.href = hrefOf(hasUnread ? '/icon-unread.svg' : '/icon.svg')
  }, [hasUnread])
}
