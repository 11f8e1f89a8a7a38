/** Who has joined which place by Socket.IO, by the names that they claim (contracts.md §4); of this node. */
export class Roster {
  readonly #places = new Map<string, Map<string, string>>()

  /** Notes a socket under a name, or under another one than before. */
  enter(place: string, sid: string, name: string): void {
    const names = this.#places.get(place)
    if (names === undefined) this.#places.set(place, new Map([[sid, name]]))
    else names.set(sid, name)
  }

  leave(place: string, sid: string): void {
    const names = this.#places.get(place)
    names?.delete(sid)
    if (names?.size === 0) this.#places.delete(place)
  }

  /** Each name once, those first that came first. */
  names(place: string): readonly string[] {
    return [...new Set(this.#places.get(place)?.values())]
  }
}
