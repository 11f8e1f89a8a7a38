import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { type Answer, ask } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'
import { holder, madeRoom, sendForm } from '../support/token-chat.ts'

const tag = '002 token chat'

let server: TestServer
let document: Answer['body']

before(async () => {
  server = await startTestServer()
  document = (await ask(server, 'GET', '/openapi.json')).body
})

after(() => server[Symbol.asyncDispose]())

/** The operations of the contract, as `METHOD /path`. */
function operations(): { readonly name: string; readonly operation: Answer['body'] }[] {
  return Object.entries<Record<string, Answer['body']>>(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.tags.includes(tag))
      .map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  )
}

it('[002 OpenAPI] has every row of the contract, and no other', () => {
  assert.deepEqual(
    operations()
      .map(({ name }) => name)
      .sort(),
    [
      'GET /api/connections',
      'GET /api/rooms/',
      'GET /api/rooms/{room_id}',
      'GET /api/rooms/{room_id}/messages',
      'GET /api/users/me/',
      'GET /connections',
      'POST /api/rooms/',
      'POST /api/rooms/{room_id}/join',
      'POST /api/rooms/{room_id}/leave',
      'POST /api/rooms/{room_id}/messages',
      'POST /api/token',
      'POST /api/users/',
    ],
  )
  assert.ok(document.tags.some(({ name }: { name: string }) => name === tag))
})

it('[002 OpenAPI] tells the fields of what each row takes and gives', async () => {
  const ann = await holder(server, 'ann')
  const room = await madeRoom(server, ann)
  const bodies: Record<string, object> = {
    'POST /api/users/': { username: 'ben', email: 'ben@example.com', password: 'p' },
    'POST /api/rooms/': { name: 'another', description: null },
    'POST /api/rooms/{room_id}/messages': { content: 'hi', room_id: room },
    'POST /api/token': { username: 'ann', password: 'secret' },
  }
  const fieldsOf = (schema: { $ref: string }): string[] =>
    Object.keys(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''].properties)
  // Leaving comes last: what is asked before it needs the membership.
  const inOrder = operations().sort(({ name }) => (name.endsWith('/leave') ? 1 : -1))
  for (const { name, operation } of inOrder) {
    const [method = '', path = ''] = name.split(' ')
    const body = bodies[name]
    const answer = await ask(server, method, path.replace('{room_id}', String(room)), {
      token: ann.token,
      body,
    })
    assert.equal(answer.status, 200, `${name} ${answer.text}`)
    const { schema } = operation.responses[200].content['application/json']
    const isList = schema.type === 'array'
    const [first] = isList ? answer.body : [answer.body]
    if (first !== undefined)
      assert.deepEqual(Object.keys(first), fieldsOf(isList ? schema.items : schema), name)
    const taken = operation.requestBody?.content['application/json'].schema
    assert.deepEqual(body === undefined ? undefined : Object.keys(body), taken && fieldsOf(taken), name)
  }
})

it('[002 OpenAPI] leads "Authorize" to /api/token, by form', async () => {
  const { flows } = document.components.securitySchemes.password
  assert.equal(flows.password.tokenUrl, '/api/token')
  const { content } = document.paths['/api/token'].post.requestBody
  assert.ok('application/x-www-form-urlencoded' in content)
  const { id } = await holder(server, 'cid')
  const form = { grant_type: 'password', username: 'cid', password: 'secret' }
  const { access_token: token } = (await sendForm(server, flows.password.tokenUrl, form)).body
  assert.equal((await ask(server, 'GET', '/api/users/me/', { token })).body.id, id)
})
