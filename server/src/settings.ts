import { BlockList, isIP } from 'node:net'
import { defaultLimits, type Limits } from '@parlance/protocol/limits'
import { originOf } from './dialects/origin.ts'
import type { PublicUrl } from './dialects/site.ts'
import { parsePublicUrl } from './public-url.ts'
import { judgeSecret } from './secret.ts'

/** What a setting's text means, or what is wrong with it: the end of a sentence that begins with name and value. */
type Parsed<T> = { readonly value: T } | { readonly fault: string }

export interface Setting<T> {
  /** What is taken when the variable is not set; undefined: made up at the start, as `shown` says. */
  readonly fallback?: string
  /** The default as people read it, where it is no fixed value. */
  readonly shown?: string
  readonly about: string
  /** The value, or a part of it, is nobody's business: no message repeats it. */
  readonly secret?: true
  parse(text: string): Parsed<T>
}

export type Algorithm = 'HS256' | 'HS384' | 'HS512'

/** Where the store is: a file, or nothing but memory. */
export interface DatabaseLocation {
  readonly kind: 'sqlite'
  /** A path, or `:memory:`. */
  readonly path: string
}

const logLevels = {
  silent: 'silent',
  fatal: 'fatal',
  critical: 'fatal',
  error: 'error',
  warn: 'warn',
  warning: 'warn',
  info: 'info',
  debug: 'debug',
  trace: 'trace',
} as const

function text(about: string, fallback: string): Setting<string> {
  return { about, fallback, parse: (value) => ({ value }) }
}

function integer(about: string, fallback: number, min: number, max: number): Setting<number> {
  return {
    about,
    fallback: String(fallback),
    parse: (value) => {
      const number = /^\d{1,15}$/.test(value) ? Number(value) : -1
      if (number >= min && number <= max) return { value: number }
      return { fault: `is not a whole number from ${min} to ${max}.` }
    },
  }
}

function limit(about: string, key: keyof Limits): Setting<number> {
  return integer(`${about}; 0: no limit`, defaultLimits[key], 0, 1_000_000_000)
}

function choice<const T extends string>(about: string, fallback: T, ...others: T[]): Setting<T> {
  const choices = [fallback, ...others]
  return {
    about,
    fallback,
    parse: (value) => {
      const chosen = choices.find((one) => one.toLowerCase() === value.toLowerCase())
      return chosen === undefined ? { fault: `is none of ${choices.join(', ')}.` } : { value: chosen }
    },
  }
}

/** Items in the spelling that `read` gives them; undefined: one that does not do. */
function list(
  about: string,
  read: (item: string) => string | undefined,
  fault: string,
): Setting<readonly string[]> {
  return {
    about,
    fallback: '',
    shown: 'none',
    parse: (value) => {
      const items = value.split(',').map((item) => item.trim())
      const good = items.filter((item) => item !== '').map(read)
      return good.every((item) => item !== undefined) ? { value: Object.freeze(good) } : { fault }
    },
  }
}

/** The one table of settings: `--help`, the README's table and the parsing are made from it. */
export const settings = {
  HOST: text('The address to listen on; `0.0.0.0` or `::` for all', '127.0.0.1'),
  PORT: integer('The port to listen on; 0: any free one', 8000, 0, 65_535),
  DATA_DIR: text('The folder for the database and the secret', './data'),
  DATABASE_URL: {
    about:
      'The database: `sqlite:///./app.db` (relative), `sqlite:////var/app.db` (absolute) or `sqlite://` (memory)',
    shown: '`parlance.db` in `DATA_DIR`',
    secret: true,
    parse: parseDatabaseUrl,
  },
  SECRET_KEY: {
    about: 'Signs the tokens, 32 characters or more',
    shown: 'made once, kept in `DATA_DIR`',
    secret: true,
    parse: (value) => {
      const fault = judgeSecret(value)
      return fault === undefined ? { value } : { fault }
    },
  },
  ALGORITHM: choice<Algorithm>('How tokens are signed: HS256, HS384 or HS512', 'HS256', 'HS384', 'HS512'),
  ACCESS_TOKEN_EXPIRE_MINUTES: integer('Minutes for which an access token is good', 30, 1, 525_600),
  REFRESH_TOKEN_EXPIRE_DAYS: integer('Days for which a session lasts without being used', 30, 1, 3_650),
  GUEST_STAY_HOURS: integer(
    'Hours after which a guest who is not connected leaves its rooms, and its name is free; 0: when its session ends',
    24,
    0,
    87_600,
  ),
  PUBLIC_URL: {
    about:
      'Where browsers see the server, with its path where it has one: `https://example.com/chat`. Its origin is the right one; cookies, links and the web app follow it',
    shown: 'where it is asked',
    parse: (value) => {
      const parsed = parsePublicUrl(value)
      return typeof parsed === 'string' ? { fault: parsed } : { value: parsed }
    },
  } satisfies Setting<PublicUrl>,
  ALLOWED_ORIGINS: list(
    'Other origins whose pages may use the API, separated by commas: `https://chat.example.com`',
    originOf,
    'holds something that is not an exact origin such as https://chat.example.com (no path, no slash at the end, no *).',
  ),
  TRUSTED_PROXIES: list(
    'Addresses and networks of proxies whose `X-Forwarded-*` headers are believed: `10.0.0.0/8,::1`',
    (item) => (network(item) === undefined ? undefined : item),
    'holds something that is neither an IP address nor a network such as 10.0.0.0/8.',
  ),
  TOKEN_IN_QUERY: {
    about: 'Whether the contracts’ sockets take `?token=` (the native one never does): true or false',
    fallback: 'true',
    parse: (value) => {
      if (/^(true|1|yes|on)$/i.test(value)) return { value: true }
      if (/^(false|0|no|off)$/i.test(value)) return { value: false }
      return { fault: 'is neither true nor false.' }
    },
  },
  LOG_LEVEL: {
    about: 'The least level that is logged: fatal, error, warn, info, debug, trace, or silent',
    fallback: 'info',
    parse: (value) => {
      const name = value.toLowerCase()
      if (isLogLevel(name)) return { value: logLevels[name] }
      return { fault: 'is none of fatal, error, warn, info, debug, trace, silent.' }
    },
  },
  LOG_FORMAT: {
    ...choice<'text' | 'json'>('`text` lines or `json` lines', 'text', 'json'),
    shown: 'text on a terminal, else json',
  },
  SHUTDOWN_GRACE_MS: integer(
    'Milliseconds that a shutdown may take to finish what is under way',
    10_000,
    0,
    600_000,
  ),
  LIMIT_CONNECTIONS: limit('Open sockets in all', 'connections'),
  LIMIT_CONNECTIONS_PER_ADDRESS: limit('Open sockets of one address', 'connectionsPerAddress'),
  LIMIT_CONNECTIONS_PER_ACCOUNT: limit('Open sockets of one account', 'connectionsPerAccount'),
  LIMIT_MESSAGES_PER_SECOND: limit(
    'Messages, edits and changes of rooms a second of one account, bursts of twice as many',
    'messagesPerSecond',
  ),
  LIMIT_MESSAGES_PER_SECOND_PER_ROOM: {
    ...limit('The same of all authors of one room together', 'messagesPerSecondPerRoom'),
    shown: '500, or none where an account has none',
  },
  LIMIT_LOGINS_PER_MINUTE: limit(
    'Wrong log-ins a minute into one account from one address; from one address four times as many, into one account from all addresses twenty times',
    'loginsPerMinute',
  ),
  LIMIT_REGISTRATIONS_PER_HOUR: limit(
    'New accounts and guests an hour from one address',
    'registrationsPerHour',
  ),
  LIMIT_REQUESTS_PER_MINUTE: limit(
    'Requests a minute of one address, and commands of one socket',
    'requestsPerMinute',
  ),
  LIMIT_ROOMS_PER_ACCOUNT: limit('Rooms that one account may own at a time', 'roomsPerAccount'),
} as const satisfies Record<string, Setting<unknown>>

export type SettingName = keyof typeof settings
export const settingNames = Object.keys(settings) as SettingName[]
export type SettingValue<N extends SettingName> = Extract<
  ReturnType<(typeof settings)[N]['parse']>,
  { value: unknown }
>['value']

function isLogLevel(name: string): name is keyof typeof logLevels {
  return Object.hasOwn(logLevels, name)
}

/** SQLAlchemy's spelling: three slashes and a relative path, or four and an absolute one. */
function parseDatabaseUrl(url: string): Parsed<DatabaseLocation> {
  if (/^postgres(ql)?(\+\w+)?:/i.test(url)) {
    return { fault: 'names PostgreSQL, which is not supported yet: use sqlite:///./app.db, or leave it out.' }
  }
  const path = url === ':memory:' ? url : /^sqlite(?:\+\w+)?:\/\/(?:\/(.*))?$/i.exec(url)
  if (path === null || (typeof path !== 'string' && /[?#\0]/.test(path[1] ?? ''))) {
    return {
      fault:
        'is none of sqlite:///./app.db (relative), sqlite:////var/app.db (absolute), sqlite:// (memory).',
    }
  }
  return { value: { kind: 'sqlite', path: typeof path === 'string' ? path : path[1] || ':memory:' } }
}

/** An address or network as `BlockList` takes it; undefined for anything else. */
function network(item: string): { address: string; prefix: number; family: 'ipv4' | 'ipv6' } | undefined {
  const [address = '', prefixText, ...rest] = item.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return undefined
  const [family, bits] = version === 4 ? (['ipv4', 32] as const) : (['ipv6', 128] as const)
  if (prefixText === undefined) return { address, prefix: bits, family }
  const prefix = /^\d{1,3}$/.test(prefixText) ? Number(prefixText) : -1
  return prefix >= 0 && prefix <= bits ? { address, prefix, family } : undefined
}

/** The addresses of TRUSTED_PROXIES as a list to ask. */
export function networks(items: readonly string[]): BlockList {
  const blocks = new BlockList()
  for (const item of items) {
    const parsed = network(item)
    if (parsed !== undefined) blocks.addSubnet(parsed.address, parsed.prefix, parsed.family)
  }
  return blocks
}
