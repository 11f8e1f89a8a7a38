import type { UserId } from '@parlance/protocol/models'
import type { Author } from '../ports/store.ts'
import type { Chat } from './chat.ts'
import { publishEvents, publishRemoved } from './publish.ts'

/** Milliseconds between two rounds. */
const roundMs = 60_000
/** The same, while there are more who are gone than one round takes. */
const soonMs = 1_000
/** Milliseconds after which it is written down once more that a guest is still here. */
const seenEveryMs = 600_000
/** Guests who go in one round at most; where there are more, the next round comes soon. */
const mostAtOnce = 100

/** A guest's membership ends like anybody's who leaves: in every room by an event, and its name is free after the last. */
async function takeGuestAway(
  chat: Chat,
  { id, name }: Author & { id: UserId },
  seenBefore: string,
): Promise<void> {
  for (const room of await chat.store.guests.rooms(id)) {
    const appended = await chat.store.append({
      type: 'member.leave',
      room,
      actor: { id, name },
      user: id,
      at: chat.clock.timestamp(),
      heir: true,
    })
    if (!appended.ok || appended.events.length === 0) continue
    publishRemoved(chat, id, room, 'left')
    publishEvents(chat, appended.events)
  }
  await chat.store.guests.release(id, seenBefore)
}

/** Takes a guest away at once whose last session has just ended (SPEC AC24); what is cut off here the next round does. */
export async function leaveWithSession(chat: Chat, user: UserId): Promise<void> {
  const guest = await chat.store.users.get(user)
  if (guest?.kind !== 'guest') return
  const sessions = await chat.store.sessions.list(user, chat.clock.timestamp())
  if (sessions.length === 0) await takeGuestAway(chat, guest, '')
}

/**
 * Takes guests away who were not here for the time that is set, or whose session has run out (SPEC AC24). When somebody
 * was last here is in the database, so that a restart forgets nobody. Who is connected to this node is here.
 */
export class GuestRounds implements AsyncDisposable {
  readonly #chat: Chat
  readonly #isConnected: (user: UserId) => boolean
  readonly #connected: () => Iterable<UserId>
  #stop: () => void
  #round: Promise<void> = Promise.resolve()

  constructor(chat: Chat, connected: () => Iterable<UserId>, isConnected: (user: UserId) => boolean) {
    this.#chat = chat
    this.#connected = connected
    this.#isConnected = isConnected
    this.#stop = this.#after(roundMs)
  }

  #after(delayMs: number): () => void {
    return this.#chat.clock.after(delayMs, () => {
      this.#round = this.round()
        .catch((error: unknown) => {
          this.#chat.log.warn({ err: error }, 'Guests that are gone could not be taken away.')
          return false
        })
        .then((more) => {
          this.#stop = this.#after(more ? soonMs : roundMs)
        })
    })
  }

  /** One round; the clock calls it, and tests when they want. Whether there are more who are gone. */
  async round(): Promise<boolean> {
    const { store, clock, guestStayMs, sessionLifeMs } = this.#chat
    const nowMs = clock.wallMs()
    const connected = [...this.#connected()]
    if (connected.length > 0) {
      await store.guests.see(connected, clock.timestamp(nowMs), clock.timestamp(nowMs - seenEveryMs))
    }
    const stayMs = guestStayMs === 0 ? sessionLifeMs : Math.min(guestStayMs, sessionLifeMs)
    const seenBefore = clock.timestamp(nowMs - stayMs)
    const gone = await store.guests.gone(seenBefore, mostAtOnce)
    let left = 0
    for (const guest of gone) {
      // It may have come back meanwhile.
      if (this.#isConnected(guest.id)) continue
      await takeGuestAway(this.#chat, guest, seenBefore)
      left += 1
    }
    return gone.length === mostAtOnce && left > 0
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop()
    await this.#round
    this.#stop()
  }
}
