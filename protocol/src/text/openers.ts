import { work } from './work.ts'

export type Wrapping = 'strong' | 'em' | 'del' | 'link'

/** A run of marks, or a bracket, that may begin something, end something, or be text. */
export interface Run {
  readonly mark: string
  readonly start: number
  readonly end: number
  /** Its marks that have not become anything: they are shown. */
  left: number
  /** How deep the emphasis is that stands behind it, inside of what it may open. */
  depth: number
  isOpen: boolean
  /** Whether it stands between two letters. */
  isInWord: boolean
  /** What ends and what begins here, the innermost first. */
  readonly closes: Wrapping[]
  readonly opens: Wrapping[]
  /** Of a link. */
  href?: string
  /** Where the backslash before it stands. */
  readonly slash: number | undefined
}

/** Emphasis and links, inside of each other; what is deeper stays as it was written. */
const maxDepth = 12

/** How long an opening run may be for a closing one, by what is left of that. */
const partners: Readonly<Record<number, readonly number[]>> = { 1: [1, 3], 2: [2, 3], 3: [1, 2, 3] }

/** The runs that may still be closed. Each is pushed once and popped once: what is in between is passed once. */
export class Openers {
  readonly #all: Run[] = []
  readonly #byKind = new Map<string, Run[]>()

  push(run: Run): void {
    run.isOpen = true
    this.#all.push(run)
    this.#kind(run.mark, run.left).push(run)
  }

  /** The last one that is open, of one mark and one of these lengths. */
  last(mark: string, lengths: readonly number[]): Run | undefined {
    let found: Run | undefined
    for (const length of lengths) {
      const runs = this.#kind(mark, length)
      while (runs.at(-1)?.isOpen === false || (runs.at(-1)?.left ?? length) !== length) {
        runs.pop()
        work.steps += 1
      }
      const run = runs.at(-1)
      if (run !== undefined && (found === undefined || run.start > found.start)) found = run
    }
    return found
  }

  /** The one that a closing run ends. */
  partnerOf({ mark, left }: Run): Run | undefined {
    return this.last(mark, mark === '*' ? (partners[left] ?? []) : [left])
  }

  /** Ends what a run has opened: what stands in between is text. False where it would be too deep: then it is, too. */
  close(opener: Run, closer: Run, kinds: readonly Wrapping[], length: number): boolean {
    let depth = 0
    for (let run = this.#all.pop(); run !== undefined; run = this.#all.pop()) {
      work.steps += 1
      depth = Math.max(depth, run.depth)
      run.isOpen = false
      if (run === opener) break
    }
    const isShallow = depth + kinds.length <= maxDepth
    if (isShallow) {
      depth += kinds.length
      opener.opens.push(...kinds)
      closer.closes.push(...kinds)
      opener.left -= length
      closer.left -= length
      opener.depth = depth
      if (opener.left > 0) {
        this.push(opener)
        return true
      }
    }
    const outer = this.#all.at(-1)
    if (outer !== undefined) outer.depth = Math.max(outer.depth, depth)
    return isShallow
  }

  /** A bracket that begins no link. What is in it may still go on behind it. */
  drop(run: Run): void {
    run.isOpen = false
  }

  /** No bracket that is open begins a link: none stands in another. */
  dropBrackets(): void {
    for (const run of this.#kind('[', 1).splice(0)) run.isOpen = false
  }

  #kind(mark: string, length: number): Run[] {
    const key = `${mark}${length}`
    const runs = this.#byKind.get(key) ?? []
    this.#byKind.set(key, runs)
    return runs
  }
}
