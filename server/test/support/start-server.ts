import { randomBytes } from 'node:crypto'
import { defaultLimits, type Limits } from '@parlance/protocol/limits'
import { type Config, readConfig } from '../../src/config.ts'
import type { Clock } from '../../src/ports/clock.ts'
import { type Server, startServer } from '../../src/server.ts'
import { makeLog } from '../../src/telemetry/log.ts'

export interface TestServer extends Server {
  readonly config: Config
  /** Everything the server logged, at every level, as JSON lines. */
  readonly logged: string[]
}

export type Overrides = Partial<Omit<Config, 'limits'>> & { readonly limits?: Partial<Limits> }

const noLimits = Object.fromEntries(Object.keys(defaultLimits).map((name) => [name, 0])) as unknown as Limits

/** A server of one's own: any free port, a store in memory, no limits but those asked for. */
export async function startTestServer(
  overrides: Overrides = {},
  options: { clock?: Clock } = {},
): Promise<TestServer> {
  const given = { SECRET_KEY: randomBytes(32).toString('hex'), PORT: '0', DATABASE_URL: 'sqlite://' }
  const { limits, ...rest } = overrides
  const config: Config = { ...readConfig(given), ...rest, limits: { ...noLimits, ...limits } }
  const logged: string[] = []
  const log = makeLog({ logLevel: 'trace', logFormat: 'json' }, { write: (line) => void logged.push(line) })
  return { ...(await startServer(config, log, options)), config, logged }
}
