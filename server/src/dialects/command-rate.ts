import type { Chat } from '../chat/chat.ts'
import type { Bucket } from '../chat/rates.ts'

/** Milliseconds until a connection may ask for something again; 0: now. `commands` is the connection's own bucket. */
export function commandWaitMs({ clock, limits }: Pick<Chat, 'clock' | 'limits'>, commands: Bucket): number {
  return commands.take(clock.monotonicMs(), limits.requestsPerMinute, 60_000)
}
