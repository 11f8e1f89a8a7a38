import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { fieldsOf } from '../../src/dialects/native/fields.ts'
import { type Answer, ask, assertProblem } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'
import { inputs, makeWorld, requestOf, routedTypes, type World } from '../support/world.ts'

/** What clients send that are wrong, or want to be. */
const corpus: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 31,
  2 ** 53,
  '',
  'x',
  '1',
  ' 1',
  '01',
  '1e3',
  '0x10',
  '\u0000',
  '../../etc/passwd',
  "' OR 1=1 --",
  'x'.repeat(20_000),
  [],
  ['x'],
  {},
  { $regex: '' },
  { toString: 'x' },
]

let server: TestServer
let world: World

before(async () => {
  server = await startTestServer()
  world = await makeWorld(server)
})

after(() => server[Symbol.asyncDispose]())

/** Nothing that a client sends makes the server fail, and every failure is a whole problem. */
function assertNoFault(answer: Answer, sent: unknown): void {
  const about = `${JSON.stringify(sent)?.slice(0, 300)} → ${answer.text}`
  assert.ok(answer.status < 500, about)
  if (answer.status >= 400) assertProblem(answer, answer.status, String(answer.body?.code))
}

for (const type of routedTypes) {
  const { properties } = fieldsOf(type)
  if (Object.keys(properties).length === 0) continue
  describe(type, () => {
    for (const [name, schema] of Object.entries(properties)) {
      it(`[DI5] takes nothing but a good ${name}`, async () => {
        const good = inputs[type](world)
        for (const value of corpus) await checkField({ ...good, [name]: value }, name, schema, value)
      })
    }
  })

  async function checkField(input: Record<string, unknown>, name: string, schema: TSchema, value: unknown) {
    const { route, path, body } = requestOf(type, input)
    const inBody = body !== undefined && name in body
    // An empty segment or one too long is another path, and what fits is the chat's to judge.
    const isOtherPath = !inBody && typeof value === 'string' && (value === '' || value.length > 1_000)
    if (isOtherPath || Compile(schema).Check(value)) return
    const answer = await ask(server, route.method, path, { token: world.owner.token, body })
    assertNoFault(answer, input)
    if (!inBody) return
    assertProblem(answer, 400, 'bad_request')
    // No text at all: that is found before anybody looks at fields.
    if (value === '\u0000') return
    assert.ok(
      answer.body.detail.startsWith(`${name} `) || answer.body.detail.startsWith(`${name}.`),
      answer.text,
    )
  }
}

describe('the REST projection', () => {
  it('[DI5] never fails on any body', async () => {
    const harmless = routedTypes.filter(
      (type) => type !== 'session.end' && Object.keys(fieldsOf(type).properties).length > 0,
    )
    const request = fc.constantFrom(...harmless).chain((type) =>
      fc.tuple(
        fc.constant(type),
        fc.record(
          Object.fromEntries(Object.keys(fieldsOf(type).properties).map((name) => [name, fc.jsonValue()])),
          {
            requiredKeys: [],
          },
        ),
      ),
    )
    await fc.assert(
      fc.asyncProperty(request, async ([type, wild]) => {
        const { route, path, body } = requestOf(type, { ...inputs[type](world), ...wild })
        if (/\/(\/|$|\?|\.)/.test(path)) return
        assertNoFault(await ask(server, route.method, path, { token: world.owner.token, body }), [type, wild])
      }),
      { numRuns: 400 },
    )
  })
})
