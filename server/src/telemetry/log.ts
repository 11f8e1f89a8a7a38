import {
  type DestinationStream,
  destination,
  type Level,
  type Logger,
  levels,
  pino,
  stdSerializers,
} from 'pino'

export interface LogOptions {
  readonly logLevel: Level | 'silent'
  readonly logFormat: 'text' | 'json'
}

/** Fields that never reach a log, wherever a record carries them (SPEC: tokens, passwords and message texts). */
const secretKeys = [
  'token',
  'refreshToken',
  'password',
  'newPassword',
  'secret',
  'authorization',
  'cookie',
  'text',
]

/** Fields of every pino record that a text line does not repeat. */
const ownFields = new Set(['level', 'time', 'pid', 'hostname', 'msg', 'err'])

const warn = levels.values.warn ?? 40
const info = levels.values.info ?? 30

/**
 * The logger: JSON lines, or `[YYYY-MM-DD HH:MM:SS] LEVEL: text` in local time. Written at once, so that the last
 * words of a process are there. `out` is for tests.
 */
export function makeLog(
  options: LogOptions,
  out: DestinationStream = destination({ fd: 1, sync: true }),
): Logger {
  return pino(
    {
      level: options.logLevel,
      base: null,
      redact: { paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
      serializers: {
        err: stdSerializers.err,
        req: requestOf,
        res: ({ statusCode }) => ({ status: statusCode }),
      },
    },
    options.logFormat === 'json' ? out : { write: (record) => void out.write(textLine(record)) },
  )
}

/** A request's path as logs show it: what is in its query is nobody's business (SPEC AC12). */
export function loggedPath(url: string): string {
  return url.replace(/[?#].*/s, '')
}

/** A request as logs show it, whoever logs one. */
function requestOf({ method, url }: { method?: unknown; url?: unknown }) {
  return { method, path: loggedPath(String(url)) }
}

/** One pino record as a line for people. Fields follow as ` key=value` where they matter: not at the level info. */
function textLine(record: string): string {
  const fields: Record<string, unknown> = JSON.parse(record)
  const level = Number(fields.level)
  let line = `[${localTime(new Date(Number(fields.time)))}] ${levelName(level)}: ${visible(String(fields.msg ?? ''))}`
  if (level !== info) {
    for (const [key, value] of Object.entries(fields)) {
      if (!ownFields.has(key))
        line += ` ${key}=${visible(typeof value === 'string' ? value : JSON.stringify(value))}`
    }
  }
  return `${line}${level >= warn ? causeOf(fields.err) : ''}\n`
}

function levelName(level: number): string {
  const name = levels.labels[level] ?? 'info'
  return name === 'warn' ? 'WARNING' : name.toUpperCase()
}

/** An error's message with the place where it was thrown. */
function causeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  const { type, message, stack } = error as { type?: unknown; message?: unknown; stack?: unknown }
  const place = typeof stack === 'string' ? / {4}at .*/.exec(stack)?.[0].trim() : undefined
  return visible(` (${String(type)}: ${String(message)}${place === undefined ? '' : ` ${place}`})`)
}

/** Local time, as a clock on the wall shows it. */
function localTime(at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0')
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${date} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}

/** Escapes what could forge a line or turn its direction: control characters, line separators, bidi marks. */
function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
