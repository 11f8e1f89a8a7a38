import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startFlags } from '../../scripts/npm-start.ts'
import { bound } from './cores.ts'
import { type ServerProcess, startProcess } from './process.ts'
import { buildTown, secret, type Town, type TownPlan } from './town.ts'

/** Parlance as its users start it, over a store of its own. */
export interface ParlanceProcess extends ServerProcess {
  readonly town: Town
}

const root = join(import.meta.dirname, '../..')
const main = join(root, 'server/src/main.ts')

/**
 * The limits are on, so that counting costs what it costs, but so high that nobody meets them. The level of the log is
 * `warn`: at `info` each text of a named room is logged, which is the contract's wish and not the fan-out.
 */
const settings = {
  HOST: '127.0.0.1',
  SECRET_KEY: secret,
  LOG_LEVEL: 'warn',
  LIMIT_CONNECTIONS: '1000000',
  LIMIT_CONNECTIONS_PER_ADDRESS: '1000000',
  LIMIT_CONNECTIONS_PER_ACCOUNT: '1000000',
  LIMIT_MESSAGES_PER_SECOND: '100000000',
  LIMIT_MESSAGES_PER_SECOND_PER_ROOM: '100000000',
  LIMIT_REQUESTS_PER_MINUTE: '1000000000',
}

const emptyPlan: TownPlan = { users: 0, rooms: 0, roomsOf: () => [] }

/** More from the environment: `BENCH_NODE_FLAGS='--cpu-prof --cpu-prof-dir=/tmp'` profiles each Parlance. */
const moreFlags = (process.env.BENCH_NODE_FLAGS ?? '').split(' ').filter((flag) => flag !== '')

export async function startParlance(
  core: number | undefined,
  plan: TownPlan = emptyPlan,
): Promise<ParlanceProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'parlance-bench-'))
  try {
    const town = await buildTown(folder, plan)
    const env = {
      ...settings,
      DATA_DIR: folder,
      DATABASE_URL: `sqlite:///${join(folder, 'parlance.db')}`,
    }
    const server = await startProcess(
      bound([process.execPath, ...startFlags, ...moreFlags, main], core),
      env,
      folder,
    )
    return {
      ...server,
      town,
      async [Symbol.asyncDispose]() {
        await server[Symbol.asyncDispose]()
        await rm(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}
