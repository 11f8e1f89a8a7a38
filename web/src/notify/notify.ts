import type { Client } from '@parlance/client'
import type { EventOf, UserId } from '@parlance/client/models'
import { serverNow } from '../chat/now.ts'
import { plainLine } from '../message/markdown/plain-line.ts'
import { roomPath } from '../paths.ts'
import { preferences } from '../preferences.ts'
import { roomName } from '../rooms/room-name.ts'
import { personName } from '../texts/person-name.ts'
import type { Texts } from '../texts/texts.ts'
import { isNotable } from './notable.ts'
import { showNotification } from './show-notification.ts'
import { playSound } from './sound.ts'
import { isLookedAt } from './use-looking.ts'

interface Surroundings {
  readonly client: Client
  readonly texts: Texts
  readonly me: UserId
}

/** Tells of a new message as far as its room and the preferences want it, and nobody looks at the room. */
export async function notify(
  event: EventOf<'message.created'>,
  { client, texts, me }: Surroundings,
): Promise<void> {
  const room = client.getSnapshot().rooms.find(({ id }) => id === event.room)
  const situation = { me, preferences: preferences(), nowMs: serverNow() }
  if (room === undefined || !isNotable(event, { ...situation, room })) return
  if (await isLookedAt(room.id)) return
  const { notifications, sound } = situation.preferences
  if (sound) playSound()
  if (!notifications) return
  const where = roomName(texts, room)
  await showNotification({
    title: room.visibility === 'direct' ? where : `${personName(texts.common, event.actor)} · ${where}`,
    body: await plainLine(event.text),
    path: roomPath(room.id, event.seq),
    tag: `room-${room.id}`,
  })
}
