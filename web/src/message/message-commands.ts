import { ParlanceError } from '@parlance/client/errors'
import type { Message } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { useMemo } from 'react'
import { useAccount, useClient } from '../chat/client.ts'
import { serverNow } from '../chat/now.ts'
import { keepRecentEmoji } from '../emoji/recent-emoji.ts'
import { addressOf, roomPath } from '../paths.ts'
import { useRoomUi } from '../rooms/room-ui.ts'
import { useTexts } from '../texts/texts.ts'
import { useToasts } from '../ui/toasts.ts'
import { showOverlay } from './message-overlay.ts'
import { type MessageRights, messageRights } from './message-rights.ts'
import { useCopy } from './use-copy.ts'

/** What one may do with a message, for its toolbar, its menu and the keys. What one may not do, or fails, is said. */
export interface MessageCommands {
  rights(message: Message): MessageRights
  /** Answers it in the composer. */
  reply(message: Message): void
  /** Opens its editor; nothing where it is not one's own. */
  edit(message: Message): void
  /** Asks, and deletes it; nothing where one may not. */
  remove(message: Message, opener: HTMLElement): void
  /** Adds one's reaction, or takes it back; resolves when that has happened, or has failed. */
  react(message: Message, emoji: string): Promise<void>
  copyLink(message: Message): void
  copyText(message: Message): void
  /** Opens the emoji picker for a reaction. */
  pick(message: Message, opener: HTMLElement): void
  /** Shows who reacted. */
  showReactors(message: Message, opener: HTMLElement): void
  /** Opens the menu of everything that can be done. */
  more(message: Message, opener: HTMLElement): void
}

export function useMessageCommands(room: Room): MessageCommands {
  const { setReplyTo, setEditing, focusComposer } = useRoomUi()
  const { messages } = useTexts()
  const client = useClient()
  const account = useAccount()
  const { say, fail } = useToasts()
  const copy = useCopy()
  return useMemo(() => {
    const rights = (message: Message) =>
      messageRights(message, room.getSnapshot().summary, account, serverNow())
    const maxKinds = () => client.getSnapshot().limits.reactionKinds ?? Number.POSITIVE_INFINITY
    return {
      rights,
      reply(message) {
        if (!rights(message).write) return
        setReplyTo(message)
        focusComposer()
      },
      edit(message) {
        if (rights(message).edit) setEditing(message.id)
      },
      remove(message, opener) {
        if (rights(message).remove) showOverlay({ kind: 'remove', message, opener })
      },
      async react(message, emoji) {
        const before = message.reactions.find((reaction) => reaction.emoji === emoji)
        if (before === undefined && message.reactions.length >= maxKinds()) {
          say(messages.reactionLimit(maxKinds()))
          return
        }
        try {
          if (before?.me === true) await room.unreact(message.id, emoji)
          else {
            keepRecentEmoji(emoji)
            await room.react(message.id, emoji)
          }
        } catch (error) {
          const isLimit = error instanceof ParlanceError && error.code === 'limit_reached'
          if (isLimit) say(messages.reactionLimit(maxKinds()))
          else fail(error)
        }
      },
      copyLink: ({ seq }) => copy(addressOf(roomPath(room.id, seq)), messages.linkCopied),
      copyText: ({ text }) => copy(text, messages.textCopied),
      pick(message, opener) {
        if (rights(message).write) showOverlay({ kind: 'picker', message, opener })
      },
      showReactors: (message, opener) => showOverlay({ kind: 'reactors', message, opener }),
      more: (message, opener) => showOverlay({ kind: 'menu', message, opener }),
    }
  }, [room, client, account, messages, setReplyTo, setEditing, focusComposer, say, fail, copy])
}
