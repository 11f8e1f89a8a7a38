import type { Cores } from '../servers/cores.ts'

/** What was measured of one server, in each round. */
export interface Figure {
  readonly shape: string
  readonly server: string
  readonly what: string
  readonly unit: string
  readonly values: readonly number[]
}

export interface Context {
  readonly cores: Cores | undefined
  /** Only to see that it works: small numbers, short rounds. */
  readonly quick: boolean
  readonly rounds: number
  /** Which parts of a shape are wanted; all where it is empty. */
  readonly parts: readonly string[]
  progress(text: string): void
}

/** Of measurements that are short: twice as many rounds, so that what else runs on the machine hits all of them alike. */
export function shortRounds({ quick, rounds }: Pick<Context, 'quick' | 'rounds'>): number {
  return quick ? rounds : rounds * 2
}

/** One kind of load, and what comes of it. */
export interface Shape {
  readonly name: string
  readonly about: string
  measure(context: Context): Promise<readonly Figure[]>
}

/** Collects values round by round; gives them in the order in which they first came. */
export class Figures {
  readonly #figures = new Map<string, Figure & { readonly values: number[] }>()

  add(shape: string, server: string, what: string, unit: string, value: number | undefined): void {
    if (value === undefined || !Number.isFinite(value)) return
    const key = [shape, server, what].join('\n')
    const figure = this.#figures.get(key) ?? { shape, server, what, unit, values: [] }
    this.#figures.set(key, figure)
    figure.values.push(value)
  }

  get all(): readonly Figure[] {
    return [...this.#figures.values()]
  }
}
