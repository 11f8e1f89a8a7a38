import assert from 'node:assert/strict'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { after, before, describe, it } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { ask } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'

/** The documents themselves, pages with their assets, and the transport of Socket.IO. */
const undocumented =
  /^\/(openapi\.json|asyncapi\.json|docs|redoc|socket\.io|assets|log-in|sign-up|browse|invite|settings|r|icon.*\.svg|app\.webmanifest|sw\.js)(\/|$)/

/** `METHOD /path` of every route that the running Fastify has. */
const registered = new Set<string>()

let server: TestServer
let documented: string[]

/** Fastify tells of each instance that is made (its documentation, "Hooks: Diagnostics Channel"). */
function listen(message: unknown): void {
  const { fastify } = message as { fastify: FastifyInstance }
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) registered.add(`${one} ${url}`)
  })
}

before(async () => {
  subscribe('fastify.initialization', listen)
  server = await startTestServer()
  unsubscribe('fastify.initialization', listen)
  const { paths } = (await ask(server, 'GET', '/openapi.json')).body
  documented = Object.entries<Record<string, unknown>>(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
})

after(() => server[Symbol.asyncDispose]())

/** Without the slash at the end, which means nothing. */
const plain = (route: string) => (route.endsWith(' /') ? route : route.replace(/\/$/, ''))

describe('the routes of the running server', () => {
  it('[DI1] are all in the document, and the document has no others', () => {
    const routes = [...registered].filter((route) => {
      const [method, path = ''] = route.split(' ')
      return method !== 'HEAD' && !undocumented.test(path)
    })
    assert.ok(routes.length > 60, `only ${routes.length} routes were seen`)
    assert.deepEqual(
      documented.map(plain).sort(),
      routes.map((route) => plain(route.replace(/:(\w+)/g, '{$1}'))).sort(),
    )
  })

  it('[DI1] are answered where the document has them', async () => {
    for (const route of documented) {
      const [method = '', path = ''] = route.split(' ')
      const { status, body, text } = await ask(server, method, path.replace(/\{\w+\}/g, '1'))
      assert.ok(status !== 405 && status < 500, `${route} ${status}`)
      assert.notDeepEqual(body, { detail: 'Not Found' }, route)
      assert.ok(text.length > 0, route)
    }
  })

  it('[DI1] have tags that the document describes, and refer to what it has', async () => {
    const document = (await ask(server, 'GET', '/openapi.json')).body
    const tags: string[] = document.tags.map(({ name }: { name: string }) => name)
    assert.equal(new Set(tags).size, tags.length)
    const used = new Set<string>()
    for (const methods of Object.values<Record<string, { tags: string[]; security: object[] }>>(
      document.paths,
    )) {
      for (const { tags: of, security } of Object.values(methods)) {
        assert.equal(of.length, 1)
        used.add(of[0] ?? '')
        for (const scheme of security.flatMap((one) => Object.keys(one))) {
          assert.ok(scheme in document.components.securitySchemes, scheme)
        }
      }
    }
    assert.deepEqual([...used].sort(), tags.sort())
  })
})
