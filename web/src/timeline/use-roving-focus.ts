import type { MessageList } from '@parlance/client/message-list'
import type { Message, Seq } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { type FocusEvent, type KeyboardEvent, type RefObject, useCallback, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { useMessageCommands } from '../message/message-commands.ts'
import { isOverlayOpen, showOverlay } from '../message/message-overlay.ts'
import { useRoomUi } from '../rooms/room-ui.ts'
import { indexAfterKey } from './roving.ts'

/** A row that comes into sight is measured before it is shown: it takes the focus within so many frames. */
const maxFrames = 30

interface RovingFocus {
  /** The index of the message that the Tab key comes to, or -1: then it comes to the list. */
  readonly current: number
  /** Brings a message into sight and gives it the focus. */
  readonly focus: (seq: Seq) => void
  readonly onFocus: (event: FocusEvent) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** One message has the focus at a time; arrows move it, single keys act on it. */
export function useRovingFocus(
  room: Room,
  messages: MessageList,
  list: RefObject<VirtualizerHandle | null>,
  scroller: RefObject<HTMLElement | null>,
  /** Goes to an end of the room that is not here, and to its message; false where it is here. */
  toEnd: (end: 'oldest' | 'newest') => boolean,
): RovingFocus {
  const [seq, setSeq] = useState<Seq | null>(null)
  const frame = useRef(0)
  const isByKeyboard = useRef(false)
  const commands = useMessageCommands(room)
  const { focusComposer } = useRoomUi()
  const current = seq === null ? -1 : messages.indexOf(seq)

  const focus = useCallback(
    (to: Seq) => {
      setSeq(to)
      cancelAnimationFrame(frame.current)
      const attempt = (left: number) => {
        const row = scroller.current?.querySelector<HTMLElement>(`[data-seq="${to}"]`)
        row?.focus({ preventScroll: true })
        if (left > 0 && (row == null || document.activeElement !== row))
          frame.current = requestAnimationFrame(() => attempt(left - 1))
      }
      frame.current = requestAnimationFrame(() => attempt(maxFrames))
    },
    [scroller],
  )

  const act = (key: string, message: Message, row: HTMLElement): boolean => {
    // Whoever has clicked at a message and types writes; the letters are commands where one has come by the keyboard.
    if (key.length === 1 && !isByKeyboard.current) return false
    // With Caps Lock a letter is still that key.
    switch (key.length === 1 ? key.toLowerCase() : key) {
      case 'Enter':
        commands.more(message, row)
        return true
      case 'r':
        commands.reply(message)
        return true
      case 'e':
        commands.edit(message)
        return true
      case 'c':
        void commands.copyLink(message)
        return true
      case '+':
      case ':':
        commands.pick(message, row)
        return true
      case 'Delete':
        commands.remove(message, row)
        return true
      default:
        return false
    }
  }

  const move = (event: KeyboardEvent): boolean => {
    const handle = list.current
    if (handle === null) return false
    if (event.key === 'Home' && toEnd('oldest')) return true
    if (event.key === 'End' && toEnd('newest')) return true
    const seen = {
      first: handle.findItemIndex(handle.scrollOffset),
      last: handle.findItemIndex(handle.scrollOffset + handle.viewportSize - 1),
    }
    const to = indexAfterKey(event.key, current, messages.length, seen)
    const message = to === undefined ? undefined : messages.at(to)
    if (to === undefined || message === undefined) return false
    handle.scrollToIndex(to, { align: 'nearest' })
    focus(message.seq)
    return true
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const { target, key } = event
    if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return
    // What opens over a message takes the focus a little later: keys are its own from the first on.
    if (isOverlayOpen()) {
      if (key === 'Escape') showOverlay(null)
      event.preventDefault()
      return
    }
    const row = target.closest<HTMLElement>('[data-seq]')
    if (target !== row && target !== scroller.current) {
      // From a button of the message back to the message; a field has its own Escape.
      if (key !== 'Escape' || row === null || !target.matches('button, a')) return
      event.preventDefault()
      row.focus()
      return
    }
    if (key === 'Escape') focusComposer()
    else if (!move(event)) {
      const message = row === null ? undefined : messages.at(current)
      if (row === null || message === undefined || message.deletedAt !== null) return
      if (!act(key, message, row)) return
    }
    event.preventDefault()
  }

  const onFocus = ({ target }: FocusEvent) => {
    const row = target.closest<HTMLElement>('[data-seq]')
    if (row === null) return
    setSeq(Number(row.dataset.seq))
    // Asked now: with the first key that is pressed it would be so for those that were clicked at, too.
    isByKeyboard.current = target.matches(':focus-visible')
  }

  return { current, focus, onFocus, onKeyDown }
}
