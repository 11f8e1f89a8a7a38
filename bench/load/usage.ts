import { readFileSync } from 'node:fs'

/** What the operating system says of a process; undefined where it does not say (`/proc` is Linux'). */
export interface Usage {
  /** Of all threads, user and system. */
  readonly cpuMicros: number
  readonly residentBytes: number
}

/** Linux counts in hundredths of a second for everyone who asks (`USER_HZ`). */
const microsPerTick = 10_000

export function usageOf(pid: number): Usage | undefined {
  try {
    // After the name, which may hold spaces: field 3 on (proc_pid_stat(5)).
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const ticks = Number(fields[11]) + Number(fields[12])
    const status = readFileSync(`/proc/${pid}/status`, 'latin1')
    const resident = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1])
    return { cpuMicros: ticks * microsPerTick, residentBytes: resident * 1_024 }
  } catch {
    return undefined
  }
}

/** CPU between two looks. */
export function cpuBetween(before: Usage | undefined, after: Usage | undefined): number | undefined {
  return before === undefined || after === undefined ? undefined : after.cpuMicros - before.cpuMicros
}
