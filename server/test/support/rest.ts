import assert from 'node:assert/strict'

/** An answer whose body has been read. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body where it is JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape.
  readonly body: any
}

export interface Ask {
  readonly token?: string | undefined
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** One request; a body is sent as JSON. */
export async function ask(
  server: { url: string },
  method: string,
  path: string,
  { token, body, headers }: Ask = {},
): Promise<Answer> {
  const response = await fetch(`${server.url}${path}`, {
    method,
    redirect: 'error',
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson && text !== '' ? JSON.parse(text) : undefined,
  }
}

/** What `POST /v1/accounts` answers, for a new account of this name. */
export async function register(server: { url: string }, name: string, password = 'correct horse') {
  const answer = await ask(server, 'POST', '/v1/accounts', { body: { name, password } })
  assert.equal(answer.status, 201, answer.text)
  return answer.body as {
    token: string
    refreshToken: string
    session: string
    account: { id: number; name: string }
  }
}

/** Sees that an answer is a problem of this code, whole and true to its status (RFC 9457). */
export function assertProblem(
  { status, headers, body, text }: Answer,
  expectedStatus: number,
  code: string,
): void {
  assert.equal(status, expectedStatus, text)
  assert.match(headers.get('content-type') ?? '', /^application\/problem\+json/)
  assert.equal(body.code, code, text)
  assert.equal(body.type, 'about:blank')
  assert.equal(body.status, status)
  assert.equal(typeof body.title, 'string')
  assert.match(body.detail, /\S.*\.$/)
  assert.equal(headers.get('www-authenticate'), status === 401 ? 'Bearer' : null)
}
