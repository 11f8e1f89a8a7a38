import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask } from '../../server/test/support/rest.ts'
import { startTestServer } from '../../server/test/support/start-server.ts'
import { isPlace, paths, roomPath } from '../src/paths.ts'
import { isAppPath } from '../sw/app-path.ts'

const places = [...Object.values(paths), `${paths.settings}/notifications`, roomPath(12), roomPath(12, 345)]

test('the server gives the page for each of the app’s places, with or without a slash at the end', async () => {
  await using server = await startTestServer()
  const { text: page } = await ask(server, 'GET', '/')
  for (const place of places) {
    for (const path of new Set([place, `${place.replace(/\/$/, '')}/`])) {
      const { status, text } = await ask(server, 'GET', path)
      assert.equal(status, 200, path)
      assert.equal(text, page, path)
      assert.ok(isAppPath(path), path)
      assert.ok(isPlace(path), path)
    }
  }
})

test('the worker leaves everything else to the server', () => {
  for (const path of ['/docs', '/redoc', '/v1/socket', '/api/token', '/metrics', '/room', '/settings.json'])
    assert.ok(!isAppPath(path), path)
})
