import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bound } from './cores.ts'
import { type ServerProcess, startProcess } from './process.ts'

const folder = join(import.meta.dirname, '../peers')

export function startPlainWs(core: number | undefined): Promise<ServerProcess> {
  return startProcess(bound([process.execPath, join(folder, 'plain-ws.ts')], core))
}

export function startSocketIo(core: number | undefined): Promise<ServerProcess> {
  return startProcess(bound([process.execPath, join(folder, 'socket-io.ts')], core))
}

/** The yardstick of the durable path, over a file of its own. */
export function startBatchedSqlite(core: number | undefined): Promise<ServerProcess> {
  return withFolder((own) =>
    startProcess(
      bound([process.execPath, join(folder, 'batched-sqlite.ts'), join(own, 'messages.db')], core),
    ),
  )
}

/** The limit in C, compiled now. Undefined where there is no compiler, or the system has no epoll. */
export async function startLimit(core: number | undefined): Promise<ServerProcess | undefined> {
  if (process.platform !== 'linux' || spawnSync('cc', ['--version']).status !== 0) return undefined
  return withFolder(async (own) => {
    const program = join(own, 'limit')
    const { status, stderr } = spawnSync('cc', ['-O2', '-o', program, join(folder, 'limit.c')])
    if (status !== 0) throw new Error(`limit.c does not compile: ${stderr}`)
    return startProcess(bound([program], core))
  })
}

/** A server with a folder that goes with it. */
async function withFolder(start: (folder: string) => Promise<ServerProcess>): Promise<ServerProcess> {
  const own = await mkdtemp(join(tmpdir(), 'parlance-bench-'))
  try {
    const server = await start(own)
    return {
      ...server,
      async [Symbol.asyncDispose]() {
        await server[Symbol.asyncDispose]()
        await rm(own, { recursive: true, force: true })
      },
    }
  } catch (error) {
    await rm(own, { recursive: true, force: true })
    throw error
  }
}
