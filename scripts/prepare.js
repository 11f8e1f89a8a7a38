// Makes the tree ready to run: installs what is missing or stale, builds what is stale.
// On a fresh clone the machine's own Node runs this, so: plain JavaScript, any Node >= 18, no dependencies.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lastChangeMs, reaches, staleInstall } from './stale.js'
import { wholeFolder, wholePackages } from './whole-packages.js'

/** node:sqlite, type stripping and crypto.argon2 are all there from this version on. */
const ENGINE_FLOOR = /** @type {const} */ ([24, 7])

const root = fileURLToPath(new URL('..', import.meta.url))

prepare()

function prepare() {
  const lock = readJson('package-lock.json')
  const bundled = `node-${process.platform}-${process.arch}`
  if (!(`node_modules/${bundled}` in lock.packages) && !reaches(process.version, ENGINE_FLOOR)) {
    stop(
      `Parlance needs Node ${ENGINE_FLOOR.join('.')} or newer, this is ${process.version}, and no package brings one ` +
        `for ${process.platform} on ${process.arch}: install it from https://nodejs.org and try again.`,
    )
  }
  install(lock)
  const engine = join(root, 'node_modules/.bin/node')
  if (existsSync(engine) && !reaches(versionOf(engine), ENGINE_FLOOR)) {
    stop(
      `The Node of the package ${bundled} does not run here: it needs a system with glibc, which Alpine lacks.`,
    )
  }
  makeWhole()
  buildWeb()
}

/** @param {import('./stale.js').Lock} lock */
function install(lock) {
  const note = 'node_modules/.package-lock.json'
  const installed = existsSync(join(root, note)) ? readJson(note) : undefined
  const platform = { os: process.platform, cpu: process.arch }
  const stale = staleInstall(lock, installed, platform) ?? missingFolder(installed)
  if (!stale) return
  console.log(`Installing packages: ${stale}.`)
  // As locked, and the lockfile stays as it is. `npm ci` would do on a fresh clone; where one package is stale it would
  // empty node_modules for it.
  // Development packages too, whatever NODE_ENV says: the web app is built with them.
  if (
    !npm(
      'install',
      '--no-save',
      '--ignore-scripts',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
    )
  ) {
    stop(
      'npm could not install the packages (see above): make sure that its registry is reachable and try again.',
    )
  }
}

/** @param {import('./stale.js').Lock | undefined} installed */
function missingFolder(installed) {
  const paths = Object.keys(installed?.packages ?? {})
  const missing = paths.find((path) => !existsSync(join(root, path)))
  return missing && `${missing} is missing`
}

/** One file of each package that has hundreds; again when other packages are installed. Without them all works, slower. */
function makeWhole() {
  const folder = fileURLToPath(wholeFolder)
  const sources = ['node_modules/.package-lock.json', 'scripts/whole-packages.js'].map((path) =>
    join(root, path),
  )
  if (Math.max(...sources.map(lastChangeMs)) <= lastChangeMs(folder)) return
  const next = join(root, `node_modules/.cache/packages-${process.pid}`)
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/esbuild/bin/esbuild'),
      ...Object.entries(wholePackages).map(([specifier, name]) => `${name}=${specifier}`),
      ...['--bundle', '--splitting', '--format=esm', '--platform=node', '--log-level=error'],
      ...['--out-extension:.js=.mjs', `--outdir=${next}`],
    ],
    { cwd: root, encoding: 'utf8' },
  )
  if (status !== 0) console.error(stderr)
  rmSync(folder, { recursive: true, force: true })
  if (status === 0) renameSync(next, folder)
}

/**
 * The web app, when a source of it is newer than what was built. It is built aside and put in place whole: a build that
 * failed, or was stopped, leaves the old one, and what changed while it ran makes it stale again.
 */
function buildWeb() {
  const sources = [
    ...['src', 'sw', 'public', 'index.html', 'package.json', 'vite.config.ts'].map((path) => `web/${path}`),
    'client/src',
    'protocol/src',
    'package-lock.json',
  ]
  const dist = join(root, 'web/dist')
  const page = join(dist, 'index.html')
  const changedMs = Math.max(...sources.map((path) => lastChangeMs(join(root, path))))
  if (changedMs <= lastChangeMs(page)) return
  console.log('Building the web app.')
  const startedAt = new Date()
  const next = join(root, `node_modules/.cache/web-${process.pid}`)
  if (!npm('run', 'build', '--workspace=web', '--', '--outDir', next)) {
    rmSync(next, { recursive: true, force: true })
    stop('The web app could not be built (see above).')
  }
  rmSync(dist, { recursive: true, force: true })
  renameSync(next, dist)
  utimesSync(page, startedAt, startedAt)
}

/**
 * Runs npm, silent when all is well: the npm that runs this script, on the Node that runs npm, since installing may replace ours.
 * @param {...string} args
 */
function npm(...args) {
  const { npm_execpath: npmPath, npm_node_execpath: nodePath } = process.env
  const [program, first] = npmPath && nodePath ? [nodePath, [npmPath]] : ['npm', []]
  const { status, stdout } = spawnSync(program, [...first, '--loglevel=error', ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0 && stdout) console.error(stdout.trimEnd())
  return status === 0
}

/**
 * "v0" when it does not run here, as on a Linux with another C library.
 * @param {string} engine
 */
function versionOf(engine) {
  const { status, stdout } = spawnSync(engine, ['--version'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : 'v0'
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function stop(sentence) {
  console.error(sentence)
  process.exit(1)
}

/**
 * @param {string} path
 * @returns {import('./stale.js').Lock}
 */
function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'))
}
