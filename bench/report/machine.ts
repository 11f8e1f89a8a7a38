import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import type { Cores } from '../servers/cores.ts'

const root = join(import.meta.dirname, '../..')

/** What the figures depend on, a line each. */
export function describeMachine(cores: Cores | undefined): readonly string[] {
  const { model = 'unknown' } = cpus()[0] ?? {}
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  const busy = (loadavg()[0] ?? 0).toFixed(1)
  const place =
    cores === undefined
      ? 'server and load are not bound to cores'
      : `server bound to core ${cores.server}, load to core ${cores.load}`
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)} at commit ${commit()}.`,
    `Machine: ${availableParallelism()} × ${model}, ${gigabytes} GiB, ${type()} ${release()}, load average ${busy} at the start; ${place}.`,
    `Versions: Node ${process.versions.node}, SQLite ${process.versions.sqlite}, ws ${versionOf('ws')}, Socket.IO ${versionOf('socket.io')}.`,
  ]
}

/** The commit that is checked out, and whether the server differs from it. */
function commit(): string {
  const git = (...args: string[]) =>
    spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout?.trim() ?? ''
  const changed = git('status', '--porcelain', '--', 'server/src', 'protocol/src', 'bench') !== ''
  return `${git('rev-parse', '--short', 'HEAD') || 'unknown'}${changed ? ', with changes that are not in it' : ''}`
}

function versionOf(name: string): string {
  return JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version
}
