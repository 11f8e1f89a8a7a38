import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import type { Limits } from '@parlance/protocol/limits'
import { makeFolder } from './data-folder.ts'
import type { PublicUrl } from './dialects/site.ts'
import { judgeSecret, keepSecret } from './secret.ts'
import {
  type Algorithm,
  type DatabaseLocation,
  type Setting,
  type SettingName,
  type SettingValue,
  settingNames,
  settings,
} from './settings.ts'

/** All settings, parsed once, frozen. Durations in milliseconds. */
export interface Config {
  readonly host: string
  readonly port: number
  readonly dataDir: string
  readonly database: DatabaseLocation
  readonly secret: string
  readonly algorithm: Algorithm
  readonly accessTokenLifeMs: number
  readonly refreshTokenLifeMs: number
  readonly guestStayMs: number
  /** Where browsers see the server; undefined: where it is asked. */
  readonly publicUrl: PublicUrl | undefined
  /** Origins besides the server's own, in their one spelling. */
  readonly allowedOrigins: readonly string[]
  /** Addresses and networks whose `X-Forwarded-*` headers are believed. */
  readonly trustedProxies: readonly string[]
  readonly tokenInQuery: boolean
  readonly logLevel: SettingValue<'LOG_LEVEL'>
  readonly logFormat: 'text' | 'json'
  readonly shutdownGraceMs: number
  readonly limits: Limits
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Settings that do not do; each fault is one sentence for the operator. */
export class ConfigError extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
    this.faults = faults
  }
}

/** The process's environment, over what `.env` in this folder says. The only place that reads `process.env`. */
export function environment(folder: string = process.cwd()): Environment {
  let file: string
  try {
    file = readFileSync(join(folder, '.env'), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return process.env
    throw new ConfigError([
      `The file .env cannot be read: ${error instanceof Error ? error.message : error}.`,
    ])
  }
  return { ...parseEnv(file), ...process.env }
}

/**
 * Parses the environment. Throws a `ConfigError` with a sentence for each wrong value. An empty variable is one that
 * is not set. Makes DATA_DIR where something is kept in it, and a secret there where no SECRET_KEY is given.
 */
export function readConfig(env: Environment, isTerminal = false): Config {
  const faults: string[] = []
  const parsed = new Map<SettingName, unknown>()
  for (const name of settingNames) {
    const setting: Setting<unknown> = settings[name]
    const given = env[name]?.trim() || undefined
    const text = given ?? setting.fallback
    if (text === undefined) continue
    const outcome = setting.parse(text)
    if ('value' in outcome) parsed.set(name, outcome.value)
    else
      faults.push(
        setting.secret === true ? `${name} ${outcome.fault}` : `${name}: ${show(text)} ${outcome.fault}`,
      )
  }
  if (faults.length > 0) throw new ConfigError(faults)
  const value = <N extends SettingName>(name: N) => parsed.get(name) as SettingValue<N>
  const dataDir = value('DATA_DIR')
  const isLogFormatGiven = Boolean(env.LOG_FORMAT?.trim())
  const messagesPerSecond = value('LIMIT_MESSAGES_PER_SECOND')
  const isRoomRateGiven = Boolean(env.LIMIT_MESSAGES_PER_SECOND_PER_ROOM?.trim())
  return Object.freeze({
    host: value('HOST'),
    port: value('PORT'),
    dataDir,
    database: Object.freeze(value('DATABASE_URL') ?? databaseIn(dataDir)),
    secret: value('SECRET_KEY') ?? keptSecret(dataDir),
    algorithm: value('ALGORITHM'),
    accessTokenLifeMs: value('ACCESS_TOKEN_EXPIRE_MINUTES') * 60_000,
    refreshTokenLifeMs: value('REFRESH_TOKEN_EXPIRE_DAYS') * 86_400_000,
    guestStayMs: value('GUEST_STAY_HOURS') * 3_600_000,
    publicUrl: value('PUBLIC_URL'),
    allowedOrigins: value('ALLOWED_ORIGINS'),
    trustedProxies: value('TRUSTED_PROXIES'),
    tokenInQuery: value('TOKEN_IN_QUERY'),
    logLevel: value('LOG_LEVEL'),
    logFormat: isLogFormatGiven || isTerminal ? value('LOG_FORMAT') : 'json',
    shutdownGraceMs: value('SHUTDOWN_GRACE_MS'),
    limits: Object.freeze({
      connections: value('LIMIT_CONNECTIONS'),
      connectionsPerAddress: value('LIMIT_CONNECTIONS_PER_ADDRESS'),
      connectionsPerAccount: value('LIMIT_CONNECTIONS_PER_ACCOUNT'),
      messagesPerSecond,
      messagesPerSecondPerRoom:
        isRoomRateGiven || messagesPerSecond > 0 ? value('LIMIT_MESSAGES_PER_SECOND_PER_ROOM') : 0,
      loginsPerMinute: value('LIMIT_LOGINS_PER_MINUTE'),
      registrationsPerHour: value('LIMIT_REGISTRATIONS_PER_HOUR'),
      requestsPerMinute: value('LIMIT_REQUESTS_PER_MINUTE'),
      roomsPerAccount: value('LIMIT_ROOMS_PER_ACCOUNT'),
    }),
  })
}

function databaseIn(dataDir: string): DatabaseLocation {
  inDataDir(dataDir, () => makeFolder(dataDir))
  return { kind: 'sqlite', path: join(dataDir, 'parlance.db') }
}

/** Does what needs DATA_DIR, or says that it does not do. */
function inDataDir<R>(dataDir: string, work: () => R): R {
  try {
    return work()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ConfigError([
      `DATA_DIR: nothing can be kept in ${show(dataDir)} (${reason}). Name a folder that can be written.`,
    ])
  }
}

function keptSecret(dataDir: string): string {
  const secret = inDataDir(dataDir, () => keepSecret(dataDir))
  const fault = judgeSecret(secret)
  if (fault === undefined) return secret
  throw new ConfigError([`The file secret in DATA_DIR ${show(dataDir)} ${fault}`])
}

/** A value as an error message shows it: short, and with nothing that could forge a line. */
function show(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
}
