import type { IncomingMessage } from 'node:http'
import type { Logger } from 'pino'
import type { Chat } from '../../chat/chat.ts'
import type { Hub } from '../../live/hub.ts'
import type { Peer } from '../peer.ts'

/** What the dialects of the five contracts are made with. */
export interface ContractContext {
  readonly chat: Chat
  readonly hub: Hub
  readonly log: Logger
  /** Whether sockets take `?token=` (contracts.md §7). */
  readonly tokenInQuery: boolean
  peerOf(request: IncomingMessage): Peer
}
