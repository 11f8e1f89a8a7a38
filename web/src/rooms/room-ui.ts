import type { Message, MessageId } from '@parlance/client/models'
import { createContext, use } from 'react'

/** What the parts of a room's screen tell each other. */
export interface RoomUi {
  /** The message that the next one answers. */
  readonly replyTo: Message | null
  readonly setReplyTo: (message: Message | null) => void
  /** One's own message that is being changed, in its row. */
  readonly editing: MessageId | null
  readonly setEditing: (message: MessageId | null) => void
  /** Puts the cursor into the composer. */
  readonly focusComposer: () => void
}

export const RoomUiContext = createContext<RoomUi | undefined>(undefined)

export function useRoomUi(): RoomUi {
  const ui = use(RoomUiContext)
  if (ui === undefined) throw new Error('There is no room around this component.')
  return ui
}
