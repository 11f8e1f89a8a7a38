import type { Socket } from 'engine.io'
import type { Clock } from '../ports/clock.ts'

/**
 * Waits for the answers to a session's pings in the place of engine.io, whose timer goes off right after a pause of this
 * process, before what had arrived meanwhile is read (SPEC CO13). Engine.io still asks, and tells clients the same times.
 */
export function waitForPongs(session: Socket, clock: Pick<Clock, 'after'>, timeoutMs: number): void {
  let stop: (() => void) | undefined
  /** As with engine.io, something else than the answer prolongs the wait once. */
  let isProlonged = false
  const wait = () => {
    stop?.()
    stop = clock.after(timeoutMs, () => session.close(true))
  }
  const end = () => {
    stop?.()
    stop = undefined
  }
  // The declarations hide it: what engine.io does each time it has sent a ping.
  Reflect.set(session, 'resetPingTimeout', () => {
    isProlonged = false
    wait()
  })
  session.on('packet', ({ type }: { readonly type: string }) => {
    if (stop === undefined) return
    if (type === 'pong') end()
    else if (!isProlonged) {
      isProlonged = true
      wait()
    }
  })
  session.once('close', end)
}
