import type { Command, CommandOf, DataOf } from '@parlance/protocol/commands'
import { anonymousRoutes, restOnlyRoutes } from '@parlance/protocol/rest-only'
import type { Clock } from './clock.ts'
import { type ErrorReason, isErrorCode, ParlanceError, reasonOf } from './errors.ts'

/** As much of the Fetch API as is used. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string; signal: AbortSignal },
) => Promise<{ readonly status: number; text(): Promise<string> }>

const routes = { ...anonymousRoutes, ...restOnlyRoutes }

/** The commands that are spoken over HTTP only: those about accounts and sessions. */
type HttpOnlyCommand = { [T in keyof typeof restOnlyRoutes]: CommandOf<T> }[keyof typeof restOnlyRoutes]
/** With those that somebody asks who is not logged in. */
export type HttpCommand = { [T in keyof typeof routes]: CommandOf<T> }[keyof typeof routes]

export function isHttpCommand(command: Command): command is HttpOnlyCommand {
  return command.type in restOnlyRoutes
}

/** What a failure says: RFC 9457. */
interface Problem {
  readonly code: unknown
  readonly detail: string
  readonly retryAfterMs: number
}

/** What an HTTP request needs. */
interface Line {
  readonly fetch: Fetch
  readonly clock: Clock
  readonly url: string
}

/** How long an answer may take, in milliseconds. */
const answerMs = 30_000
/** Less than the time within which the server gives the answer to a refresh again (SPEC AC9). */
const refreshMs = 10_000

/** Asks over HTTP and gives the answer's data. Throws a `ParlanceError`: `offline` where the network failed. */
export async function callHttp<const C extends HttpCommand>(
  { fetch, clock, url }: Line,
  { type, ...fields }: C,
  token: string | undefined,
): Promise<DataOf<C['type']>> {
  const { method, path, status } = routes[type]
  const body = Object.keys(fields).length === 0 ? undefined : JSON.stringify(fields)
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  }
  const late = Promise.withResolvers<undefined>()
  const abort = new AbortController()
  const cancel = clock.after(type === 'session.refresh' ? refreshMs : answerMs, () => {
    late.resolve(undefined)
    abort.abort()
  })
  const init = { method, headers, signal: abort.signal, ...(body !== undefined && { body }) }
  const asked = fetch(url + path, init)
    .then(async (response) => ({ status: response.status, data: parse(await response.text()) }))
    .catch((cause: unknown) => ({ cause }))
  const answer = await Promise.race([asked, late.promise]).finally(cancel)
  if (answer === undefined) throw noAnswer({ reason: 'late' })
  if ('cause' in answer) throw noAnswer({ reason: reasonOf(answer.cause), cause: answer.cause })
  const data = answer.status === 204 ? {} : answer.data
  if (answer.status === status && data !== undefined) return data as DataOf<C['type']>
  throw problem(answer.status, data)
}

/** A body's fields; undefined where it is no object in JSON. */
function parse(text: string): object | undefined {
  try {
    const data: unknown = JSON.parse(text)
    return typeof data === 'object' && data !== null ? data : undefined
  } catch {
    return undefined
  }
}

/** The error that an answer tells: RFC 9457 with our `code`. Without one it is not our server that spoke. */
function problem(status: number, { code, detail, retryAfterMs }: Partial<Problem> = {}): ParlanceError {
  if (isErrorCode(code)) return new ParlanceError(code, detail, retryAfterMs)
  const reason = status >= 502 && status <= 504 ? 'gateway' : 'not_parlance'
  return new ParlanceError('unavailable', undefined, undefined, { reason })
}

function noAnswer(why: { readonly reason: ErrorReason; readonly cause?: unknown }): ParlanceError {
  return new ParlanceError('offline', undefined, undefined, why)
}
