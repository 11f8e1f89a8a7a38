import type { Command, CommandOf, DataOf } from '@parlance/protocol/commands'
import { routes } from '@parlance/protocol/http'
import { ParlanceError, type ParlanceErrorCode } from './errors.ts'

/** As much of the Fetch API as is used. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string },
) => Promise<{ readonly status: number; text(): Promise<string> }>

type RestOnly = {
  [T in keyof typeof routes]: (typeof routes)[T] extends { restOnly: true } ? T : never
}[keyof typeof routes]

/** The commands that are spoken over HTTP only: those about accounts and sessions. */
export type HttpCommand = { [T in RestOnly]: CommandOf<T> }[RestOnly]

export function isHttpCommand(command: Command): command is HttpCommand {
  return command.type !== 'ping' && 'restOnly' in routes[command.type]
}

/** Asks over HTTP and gives the answer's data. Throws a `ParlanceError`: `offline` where the network failed. */
export async function callHttp<const C extends HttpCommand>(
  fetch: Fetch,
  url: string,
  { type, ...fields }: C,
  token: string | undefined,
): Promise<DataOf<C['type']>> {
  const { method, path } = routes[type]
  const body = Object.keys(fields).length === 0 ? undefined : JSON.stringify(fields)
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  }
  const answer = await fetch(url + path, { method, headers, ...(body !== undefined && { body }) }).then(
    async (response) => ({ status: response.status, text: await response.text() }),
    () => undefined,
  )
  if (answer === undefined) throw new ParlanceError('offline')
  const data: unknown = parse(answer.text)
  if (answer.status >= 200 && answer.status < 300) return data as DataOf<C['type']>
  throw problem(answer.status, data)
}

/** An empty body (204) is an empty object; what is not JSON is none of ours. */
function parse(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The error that an answer tells: RFC 9457 with our `code`, or whatever a proxy on the way had to say. */
function problem(status: number, data: unknown): ParlanceError {
  const { code, detail, retryAfterMs } = (data ?? {}) as {
    code?: ParlanceErrorCode
    detail?: string
    retryAfterMs?: number
  }
  if (code !== undefined) return new ParlanceError(code, detail, retryAfterMs)
  return new ParlanceError(status >= 500 || status === 429 ? 'unavailable' : 'bad_request')
}
