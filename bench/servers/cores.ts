import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A command with its arguments. */
export type Command = readonly [string, ...string[]]

/** Which core a process is to run on; undefined where processes cannot be bound, or there is but one core. */
export interface Cores {
  readonly server: number
  readonly load: number
}

/** Two different cores out of those this process may use. The first one has most interrupts: the load gets it. */
export function findCores(): Cores | undefined {
  const [load, server] = allowedCores()
  if (load === undefined || server === undefined) return undefined
  return spawnSync('taskset', ['--version']).status === 0 ? { server, load } : undefined
}

/** The command bound to a core. `taskset` becomes the program itself: its process id stays. */
export function bound(command: Command, core: number | undefined): Command {
  return core === undefined ? command : ['taskset', '-c', String(core), ...command]
}

function allowedCores(): number[] {
  try {
    const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? ''
    return expandList(list)
  } catch {
    return []
  }
}

/** `0-2,5` → 0, 1, 2, 5. */
export function expandList(list: string): number[] {
  if (list === '') return []
  return list.split(',').flatMap((part) => {
    const [first = Number.NaN, last = first] = part.split('-').map(Number)
    return Number.isInteger(first)
      ? Array.from({ length: last - first + 1 }, (_, index) => first + index)
      : []
  })
}
