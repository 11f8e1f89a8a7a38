import type { UserId } from '@parlance/protocol/models'

/**
 * Who is online, on any node: a lease per user and node.
 *
 * Its law: a user is online while some node's lease stands (PR1); who is not renewed is gone after the ttl (PR2);
 * `leave` ends this node's lease only (PR3).
 */
export interface Presence extends AsyncDisposable {
  /** Takes or renews this node's lease for each user. */
  renew(users: readonly UserId[]): Promise<void>
  leave(user: UserId): Promise<void>
  online(users: readonly UserId[]): Promise<ReadonlySet<UserId>>
}
