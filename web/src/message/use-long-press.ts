import type { Room } from '@parlance/client/room'
import { useEffect } from 'react'
import type { MessageCommands } from './message-commands.ts'

/** A finger that rests on a message opens its menu; the code of it comes where there are fingers. */
export function useLongPress(room: Room, commands: MessageCommands): void {
  useEffect(() => {
    if (navigator.maxTouchPoints === 0) return
    const gone = new AbortController()
    import('./long-press.ts').then(
      (code) => code.watchLongPress(room, commands, gone.signal),
      () => {},
    )
    return () => gone.abort()
  }, [room, commands])
}
