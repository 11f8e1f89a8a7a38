/** The runs of backticks in a text, by their length: code ends at the next one that is as long as the one it begins with. */
export class CodeRuns {
  readonly #starts = new Map<number, number[]>()

  constructor(text: string) {
    for (const { index, 0: run } of text.matchAll(/`+/g)) {
      const starts = this.#starts.get(run.length)
      if (starts === undefined) this.#starts.set(run.length, [index])
      else starts.push(index)
    }
    // The next one is the last of its list: taken off as the text is read.
    for (const starts of this.#starts.values()) starts.reverse()
  }

  /** Where the next run of this length begins behind a place; asked in order. */
  nextAfter(place: number, length: number): number | undefined {
    const starts = this.#starts.get(length) ?? []
    while ((starts.at(-1) ?? Number.POSITIVE_INFINITY) <= place) starts.pop()
    return starts.at(-1)
  }
}
