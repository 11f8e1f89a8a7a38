import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { commands, commandTypes } from '@parlance/protocol/commands'
import { errorCodes } from '@parlance/protocol/error-codes'
import { errors } from '@parlance/protocol/errors'
import { events, eventTypes } from '@parlance/protocol/events'
import { controls, controlTypes, Hello } from '@parlance/protocol/frames'
import { onSocket, routes } from '@parlance/protocol/http'
import { signals, signalTypes } from '@parlance/protocol/signals'
import { Compile } from 'typebox/compile'
import { ask } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'
import { routedTypes } from '../support/world.ts'

// biome-ignore lint/suspicious/noExplicitAny: documents are deep, and read here as JSON.
type Document = any

let server: TestServer
let openapi: Document
let asyncapi: Document

before(async () => {
  server = await startTestServer()
  openapi = (await ask(server, 'GET', '/openapi.json')).body
  asyncapi = (await ask(server, 'GET', '/asyncapi.json')).body
})

after(() => server[Symbol.asyncDispose]())

/** Every `$ref` of a document, as its path. */
function refsOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) => (key === '$ref' ? [String(value)] : refsOf(value)))
}

function assertRefsResolve(document: Document): void {
  for (const ref of new Set(refsOf(document))) {
    const found = ref
      .slice(2)
      .split('/')
      .reduce((node, key) => node?.[key], document)
    assert.ok(found !== undefined, `${ref} leads nowhere`)
  }
}

describe('the start of the API', () => {
  it('[DI1] GET /v1 leads to the documents: programs by their paths, browsers to the pages', async () => {
    for (const path of ['/v1', '/v1/']) {
      const { status, body } = await ask(server, 'GET', path)
      assert.equal(status, 200)
      assert.deepEqual(Object.keys(body), ['openapi', 'asyncapi', 'docs', 'redoc'])
      for (const link of Object.values<string>(body))
        assert.equal((await ask(server, 'GET', link)).status, 200)
      const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
      const page = await fetch(server.url + path, { headers, redirect: 'manual' })
      assert.deepEqual([page.status, page.headers.get('location')], [302, '/docs'])
    }
  })
})

describe('the OpenAPI document', () => {
  it('[DI1] is OpenAPI 3.1, and its references lead somewhere', () => {
    assert.match(openapi.openapi, /^3\.1\./)
    assert.equal(openapi.info.title, 'Parlance')
    assertRefsResolve(openapi)
  })

  it('[DI1] has no more and no fewer operations than the table of routes', () => {
    // The five contracts have parts of their own, with tests of their own.
    const native = Object.entries<Record<string, unknown>>(openapi.paths).filter(([path]) =>
      path.startsWith('/v1/'),
    )
    const documented = native.flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    assert.deepEqual(
      documented.sort(),
      Object.values(routes)
        .map(({ method, path }) => `${method} ${path}`)
        .sort(),
    )
  })

  for (const type of routedTypes) {
    it(`[DI1] tells all of ${type}`, () => {
      const route = routes[type]
      const operation = openapi.paths[route.path][route.method.toLowerCase()]
      assert.equal(operation.summary, commands[type].summary)
      assert.ok(
        openapi.tags.some(({ name }: { name: string }) => name === operation.tags[0]),
        operation.tags[0],
      )
      assert.ok(operation.responses[route.status])
      const body = operation.requestBody?.content['application/json'].schema.properties ?? {}
      const parameters = (operation.parameters ?? []).filter(
        ({ in: place }: { in: string }) => place !== 'header',
      )
      const told = [...Object.keys(body), ...parameters.map(({ name }: { name: string }) => name)]
      assert.deepEqual(told.sort(), Object.keys(commands[type].input.properties).sort())
      assert.equal(operation.security.length > 0, !('open' in route))
    })
  }

  it('[DI1] has an operation id for each, of its own', () => {
    const ids = Object.values<Record<string, Document>>(openapi.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    )
    assert.equal(new Set(ids).size, ids.length)
    assert.ok(ids.every((id) => /^[a-z][A-Za-z]+$/.test(id)))
  })

  it('[DI5] tells every code of the table, with its status', () => {
    for (const code of errorCodes) {
      const response = openapi.components.responses[errors[code].status]
      assert.ok(response.description.includes(`\`${code}\``), code)
      assert.ok(response.content['application/problem+json'])
    }
    assert.deepEqual(openapi.components.schemas.Problem.properties.code.enum, errorCodes)
  })
})

describe('the AsyncAPI document', () => {
  it('[DI2] is AsyncAPI 3, and its references lead somewhere', () => {
    assert.match(asyncapi.asyncapi, /^3\./)
    assert.equal(asyncapi.channels.socket.address, '/v1/socket')
    assertRefsResolve(asyncapi)
  })

  it('[DI2] has every frame, and no other', () => {
    const wanted = [
      'control.hello',
      'control.reply',
      ...commandTypes.filter(onSocket).map((type) => `command.${type}`),
      ...controlTypes.map((type) => `control.${type}`),
      ...eventTypes.map((type) => `event.${type}`),
      ...signalTypes.map((type) => `signal.${type}`),
    ]
    assert.deepEqual(Object.keys(asyncapi.components.messages).sort(), wanted.sort())
    assert.deepEqual(Object.keys(asyncapi.channels.socket.messages).sort(), wanted)
    const { ask: received, tell } = asyncapi.operations
    assert.equal(received.messages.length + tell.messages.length, wanted.length)
  })

  it('[DI2] has examples that fit their schemas', () => {
    const payload = (key: string) => asyncapi.components.messages[key].examples[0].payload
    assert.ok(Compile(Hello).Check(payload('control.hello')))
    for (const type of commandTypes.filter(onSocket)) {
      assert.ok(Compile(commands[type].input).Check(payload(`command.${type}`)), type)
    }
    for (const type of eventTypes) assert.ok(Compile(events[type]).Check(payload(`event.${type}`)), type)
    for (const type of signalTypes) assert.ok(Compile(signals[type]).Check(payload(`signal.${type}`)), type)
    for (const type of controlTypes)
      assert.ok(Compile(controls[type]).Check(payload(`control.${type}`)), type)
  })
})

describe('the pages', () => {
  for (const path of ['/docs', '/redoc']) {
    it(`[DI1] ${path} loads its own files only, under a strict policy`, async () => {
      const page = await ask(server, 'GET', path)
      assert.equal(page.status, 200)
      assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8')
      assert.doesNotMatch(page.text, /https?:|\/\/[a-z]/i)
      assert.doesNotMatch(page.text, /<script(?![^>]* src=)|<style| on[a-z]+=| style=/i)
      const policy = page.headers.get('content-security-policy') ?? ''
      assert.match(policy, /^default-src 'none'; script-src 'self'; /)
      assert.doesNotMatch(policy, /unsafe|https?:|\*/)
      const sources = [...page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, source = '']) => source)
      assert.equal(sources.length, path === '/docs' ? 4 : 3)
      for (const source of sources) {
        const file = await ask(server, 'GET', source)
        assert.equal(file.status, 200, source)
        assert.match(file.headers.get('content-type') ?? '', /^text\/(css|javascript); charset=utf-8$/)
        assert.equal(file.headers.get('cache-control'), 'public, max-age=31536000, immutable')
        assert.ok(file.text.length > 10)
      }
    })
  }

  it('[DI1] ReDoc is the file that was published, but for its logo', async () => {
    const page = await ask(server, 'GET', '/redoc')
    const source = /src="([^"]*redoc\.standalone\.js)"/.exec(page.text)?.[1] ?? ''
    const { text } = await ask(server, 'GET', source)
    const published = text.replace('src:"data:,"', 'src:"https://cdn.redoc.ly/redoc/logo-mini.svg"')
    assert.equal(
      createHash('sha256').update(published).digest('hex'),
      'dcaf76612bc4a3fbcc923a8966dee2f6146a5f32e5ce1b6f02dd60cbbf89500b',
    )
  })
})
