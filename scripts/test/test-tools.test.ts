import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toolsFor } from '../test-tools.ts'

function packagesFor(...files: string[]): string[] {
  return toolsFor(files).map((tool) => tool.package)
}

test('a tool is needed only when a test of its folder is to run', () => {
  assert.deepEqual(packagesFor('server/test/chat/rooms.test.ts', 'protocol/test/frames.test.ts'), [])
  assert.deepEqual(packagesFor('server/test/browser/pages.test.ts'), ['chromium'])
  assert.deepEqual(packagesFor('server/test/foreign/python.test.ts'), [
    'python3-socketio',
    'python3-aiohttp',
    'python3-websockets',
  ])
  assert.deepEqual(packagesFor('server/test/proxies/proxies.test.ts'), [
    'nginx',
    'caddy',
    'haproxy',
    'openssl',
  ])
})
