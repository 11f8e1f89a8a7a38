import type { Room } from '@parlance/client/room'
import type { MessageCommands } from './message-commands.ts'

/** So long a finger rests: sooner than the browser's own long press. */
const pressMs = 450
/** A finger that moves further scrolls, which ends in a `touchcancel`. */
const slackPx = 8
/** These have a long press of their own, or are held to be written in. */
const own = 'a, input, textarea'

interface Press {
  readonly row: HTMLElement
  readonly x: number
  readonly y: number
  readonly timer: ReturnType<typeof setTimeout>
}

/**
 * Opens the menu of each message that a finger rests on, until `signal` aborts. What the browser makes of the same
 * finger comes to nothing: its `contextmenu` (Android; iOS has none), and the click when it is lifted.
 */
export function watchLongPress(room: Room, commands: MessageCommands, signal: AbortSignal): void {
  let press: Press | undefined
  let isHeld = false

  const cancel = () => {
    clearTimeout(press?.timer)
    press = undefined
  }
  const hold = () => {
    const row = press?.row
    cancel()
    if (row?.isConnected !== true) return
    const { messages } = room.getSnapshot().timeline
    const index = messages.indexOf(Number(row.dataset.seq))
    const message = index < 0 ? undefined : messages.at(index)
    if (message?.deletedAt !== null) return
    isHeld = true
    commands.more(message, row)
  }
  const start = ({ touches, target }: TouchEvent) => {
    cancel()
    isHeld = false
    const [touch] = touches
    if (touch === undefined || touches.length > 1 || !(target instanceof Element)) return
    const row = target.closest<HTMLElement>('article[data-seq]')
    if (row === null || target.closest(own) !== null) return
    press = { row, x: touch.clientX, y: touch.clientY, timer: setTimeout(hold, pressMs) }
  }
  const move = ({ touches: [touch] }: TouchEvent) => {
    if (press === undefined || touch === undefined) return
    if (Math.hypot(touch.clientX - press.x, touch.clientY - press.y) > slackPx) cancel()
  }
  const end = (event: TouchEvent) => {
    cancel()
    if (isHeld && event.cancelable) event.preventDefault()
    isHeld = false
  }
  const menu = (event: Event) => {
    if (press !== undefined) hold()
    if (isHeld) event.preventDefault()
  }

  addEventListener('touchstart', start, { passive: true, signal })
  addEventListener('touchmove', move, { passive: true, signal })
  addEventListener('touchend', end, { capture: true, passive: false, signal })
  addEventListener('touchcancel', end, { signal })
  addEventListener('contextmenu', menu, { capture: true, signal })
}
