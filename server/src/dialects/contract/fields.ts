/** What does not fit, in the words that clients of the five contracts know (contracts.md §0). */
export interface Fault {
  readonly type: string
  readonly loc: readonly (string | number)[]
  readonly msg: string
  readonly input: unknown
  readonly ctx?: Readonly<Record<string, unknown>>
}

/** A text with more characters than may be. */
export function tooLong(loc: Fault['loc'], most: number, input: unknown): Fault {
  const msg = `String should have at most ${most} characters`
  return { type: 'string_too_long', loc, msg, input, ctx: { max_length: most } }
}

/** A body as it came: an object of fields, or the fault that makes it none. */
export type Body =
  | { readonly kind: 'fields'; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly kind: 'fault'; readonly fault: Fault }

/** Reads the fields of one request and collects what does not fit; each reading gives a value that can go on. */
export class Fields {
  readonly faults: Fault[] = []
  readonly #fields: Readonly<Record<string, unknown>>
  readonly #isBody: boolean

  constructor(body: Body) {
    this.#isBody = body.kind === 'fields'
    this.#fields = body.kind === 'fields' ? body.fields : {}
    if (body.kind === 'fault') this.faults.push(body.fault)
  }

  /** A string that has to be there. */
  string(name: string): string {
    const value = this.#own(name)
    if (value === undefined) return this.#missing(name)
    if (typeof value === 'string') return value.toWellFormed()
    return this.#fault({
      type: 'string_type',
      loc: ['body', name],
      msg: 'Input should be a valid string',
      input: value,
    })
  }

  /** A string that may be missing or null. */
  optionalString(name: string): string | undefined {
    const value = this.#own(name)
    return value === undefined || value === null ? undefined : this.string(name)
  }

  /** Adds a fault of one field's value that only its contract knows; none where there is no body with values. */
  refuse(name: string, msg: string, reason: string): void {
    if (!this.#isBody) return
    const fault = { type: 'value_error', loc: ['body', name], msg, input: this.#own(name), ctx: { reason } }
    this.faults.push(fault)
  }

  /** Adds the fault of a field with more characters than this. */
  refuseLength(name: string, most: number): void {
    this.faults.push(tooLong(['body', name], most, this.#own(name)))
  }

  #own(name: string): unknown {
    return Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined
  }

  #missing(name: string): string {
    if (!this.#isBody) return ''
    return this.#fault({ type: 'missing', loc: ['body', name], msg: 'Field required', input: this.#fields })
  }

  #fault(fault: Fault): string {
    this.faults.push(fault)
    return ''
  }
}

/** A whole number in a path or query; the fault where it is none. Beyond what is exact it is some number nobody has. */
export function readInteger(text: unknown, loc: readonly string[]): number | Fault {
  if (typeof text === 'string' && /^\s*[+-]?\d+\s*$/.test(text)) return Number(text)
  return {
    type: 'int_parsing',
    loc,
    msg: 'Input should be a valid integer, unable to parse string as an integer',
    input: text,
  }
}
