// The programs beyond npm that some tests need: Debian packages, installed when we may.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { matchesGlob } from 'node:path'

interface Tool {
  /** The Debian package. */
  readonly package: string
  /** A command that succeeds when the tool is there. */
  readonly probe: readonly [string, ...string[]]
  /** The tests that need it. */
  readonly tests: readonly string[]
}

const TOOLS: readonly Tool[] = [
  {
    package: 'chromium',
    probe: ['chromium', '--version'],
    tests: ['server/test/browser/**', 'web/test/browser/**'],
  },
  {
    package: 'chromium-headless-shell',
    probe: ['chromium-headless-shell', '--version'],
    tests: ['web/test/browser/**'],
  },
  // Debian's own Python by its path: another one, earlier on PATH, does not see Debian's modules.
  {
    package: 'python3-socketio',
    probe: ['/usr/bin/python3', '-c', 'import socketio'],
    tests: ['server/test/foreign/**'],
  },
  // What python3-socketio sends by; its package only recommends it.
  {
    package: 'python3-aiohttp',
    probe: ['/usr/bin/python3', '-c', 'import aiohttp'],
    tests: ['server/test/foreign/**'],
  },
  {
    package: 'python3-websockets',
    probe: ['/usr/bin/python3', '-c', 'import websockets'],
    tests: ['server/test/foreign/**'],
  },
  { package: 'nginx', probe: ['/usr/sbin/nginx', '-v'], tests: ['server/test/proxies/**'] },
  { package: 'caddy', probe: ['caddy', 'version'], tests: ['server/test/proxies/**'] },
  { package: 'haproxy', probe: ['/usr/sbin/haproxy', '-v'], tests: ['server/test/proxies/**'] },
  { package: 'openssl', probe: ['openssl', 'version'], tests: ['server/test/proxies/**'] },
]

/** The tools that these test files need. */
export function toolsFor(files: readonly string[], tools: readonly Tool[] = TOOLS): Tool[] {
  return tools.filter(({ tests }) => files.some((file) => tests.some((glob) => matchesGlob(file, glob))))
}

/** Sees that the tools of these test files are there, and installs them where it may. False: some are not. */
export function provideTools(files: readonly string[]): boolean {
  const missing = toolsFor(files).filter(isMissing)
  if (missing.length === 0) return true
  const packages = missing.map((tool) => tool.package)
  if (mayInstall()) {
    console.log(`Installing what the tests need: ${packages.join(' ')}.`)
    aptGet('update')
    withoutServices(() => aptGet('install', '-y', '--no-install-recommends', ...packages))
  }
  const stillMissing = missing.filter(isMissing).map((tool) => tool.package)
  if (stillMissing.length === 0) return true
  const names = stillMissing.join(' ')
  console.error(
    `The tests need ${names}: install it, on Debian by "sudo apt-get install ${names}", and try again.`,
  )
  return false
}

function isMissing({ probe: [command, ...args] }: Tool): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status !== 0
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0
}

/** Quiet when it succeeds. Waits for another apt that holds the lock. */
function aptGet(...args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, stdout, stderr } = spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    encoding: 'utf8',
    env,
  })
  if (status !== 0) console.error(`${stdout}${stderr}`.trimEnd())
}

/** Some packages start what they bring: tests start their own, on ports of their own (Debian's policy-rc.d). */
function withoutServices(install: () => void): void {
  const policy = '/usr/sbin/policy-rc.d'
  const isOurs = !existsSync(policy)
  if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    install()
  } finally {
    if (isOurs) rmSync(policy, { force: true })
  }
}
