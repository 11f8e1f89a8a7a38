import type { Client } from '@parlance/client'
import type { RoomId, RoomInfo } from '@parlance/client/models'

const pageLength = 200

/** Enters the open or public room of this name, or makes an open one where there is none. Gives its id. */
export async function enterRoom(client: Client, name: string): Promise<RoomId> {
  const wanted = name.normalize('NFC').trim()
  const { rooms } = await client.request({
    type: 'room.list',
    scope: 'listed',
    name: wanted,
    limit: pageLength,
  })
  const found = rooms.find((room) => room.name === wanted) ?? rooms.find((room) => isCalled(room, wanted))
  const { id } = await client.request(
    found === undefined
      ? { type: 'room.create', name: wanted, visibility: 'open' }
      : { type: 'room.join', room: found.id },
  )
  return id
}

/** Whatever the case: who types a name on a phone does not mean another room. */
function isCalled(room: RoomInfo, name: string): boolean {
  return room.name.toUpperCase() === name.toUpperCase()
}
