/** The store cannot be opened, and the message says in one sentence why and what to do. */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused'
}
