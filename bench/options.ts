import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { layouts } from './shapes/fanout.ts'

const docs = join(import.meta.dirname, '../docs')

export interface Options {
  /** Names of shapes; all where it is empty. */
  readonly shapes: readonly string[]
  /** Parts of `fanout`; all where it is empty. */
  readonly parts: readonly string[]
  readonly quick: boolean
  readonly json: boolean
  /** The folder whose PERFORMANCE.md gets the results, and the picture beside it. */
  readonly publish: string | undefined
  readonly rounds: number
}

/** The options, or what is wrong with them. `fanout a b` is two parts of one shape. */
export function readOptions(args: readonly string[], known: readonly string[]): Options | string {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(args)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  const { values, positionals } = parsed
  const isPart = (word: string) => Object.hasOwn(layouts, word)
  const parts = positionals.filter(isPart)
  const shapes = positionals.filter((word) => !isPart(word))
  const unknown = shapes.find((word) => !known.includes(word))
  if (unknown !== undefined) {
    return `There is no shape ${unknown}: take of ${known.join(', ')}, and of fanout also ${Object.keys(layouts).join(', ')}.`
  }
  const rounds = Number(values.rounds ?? (values.quick ? 1 : 2))
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 100) return '--rounds takes a number from 1 to 100.'
  const { quick, json } = values
  const publish = values.to ?? (values.publish ? docs : undefined)
  const wanted = parts.length > 0 && !shapes.includes('fanout') ? [...shapes, 'fanout'] : shapes
  return { shapes: wanted, parts, quick, json, publish, rounds }
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      publish: { type: 'boolean', default: false },
      to: { type: 'string' },
      rounds: { type: 'string' },
    },
  })
}
