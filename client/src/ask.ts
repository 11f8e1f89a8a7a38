import type { Command, DataOf } from '@parlance/protocol/commands'

/**
 * Asks the server and gives the `data` of its answer, or throws a `ParlanceError`. Without `timeoutMs` it waits for
 * as long as the client lives.
 */
export type Ask = <const C extends Command>(command: C, timeoutMs?: number) => Promise<DataOf<C['type']>>
