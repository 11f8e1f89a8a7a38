import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { startFlags, startLine } from '../../scripts/npm-start.ts'
import manifest from '../package.json' with { type: 'json' }
import { settingNames } from '../src/settings.ts'
import { version } from '../src/version.ts'

const main = join(import.meta.dirname, '../src/main.ts')

interface Run {
  readonly child: ChildProcess
  /** Resolves with the first match in what was printed. */
  printed(pattern: RegExp): Promise<RegExpExecArray>
  ended(): Promise<{ code: number | null; stdout: string; stderr: string }>
}

/** Starts the executable in a folder of its own. */
function run(
  t: TestContext,
  args: readonly string[] = [],
  env: Record<string, string> = {},
  dotenv = '',
): Run {
  const cwd = mkdtempSync(join(tmpdir(), 'parlance-'))
  writeFileSync(join(cwd, '.env'), dotenv)
  const child = spawn(process.execPath, [...startFlags, main, ...args], {
    cwd,
    env: { PATH: process.env.PATH, PORT: '0', ...env },
  })
  t.after(() => {
    child.kill('SIGKILL')
    rmSync(cwd, { recursive: true })
  })
  const exit = once(child, 'close')
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    stderr += chunk
  })
  return {
    child,
    async printed(pattern) {
      for (;;) {
        const match = pattern.exec(stdout)
        if (match !== null) return match
        if (child.exitCode !== null) assert.fail(`ended without ${pattern}: ${stdout}${stderr}`)
        await Promise.race([once(child.stdout, 'data'), exit])
      }
    },
    async ended() {
      await exit
      return { code: child.exitCode, stdout, stderr }
    },
  }
}

describe('the executable', () => {
  it('[CO9] npm start is one command in every shell, and a signal to its process reaches the server', async (t) => {
    // Neither a variable, nor a quote; and "exec", which not every shell has, is in node_modules/.bin as well.
    assert.match(startLine, /^exec node(?: [\w./=-]+)+$/)
    const root = join(import.meta.dirname, '../..')
    const folder = mkdtempSync(join(tmpdir(), 'parlance-'))
    const PATH = `${join(root, 'node_modules/.bin')}:${process.env.PATH}`
    t.after(() => rmSync(folder, { recursive: true }))
    const shells: readonly [string, ...string[]][] = [
      ['sh', '-c', startLine],
      [process.execPath, ...startLine.replace(/^exec/, join(root, 'server', manifest.bin.exec)).split(' ')],
    ]
    for (const [shell, ...args] of shells) {
      const child = spawn(shell, args, { cwd: root, env: { PATH, PORT: '0', DATA_DIR: folder } })
      t.after(() => child.kill('SIGKILL'))
      const ended = once(child, 'close')
      let printed = ''
      for (const out of [child.stdout, child.stderr]) out.on('data', (chunk) => (printed += chunk))
      while (!printed.includes('listens on')) {
        assert.equal(child.exitCode, null, printed)
        await Promise.race([once(child.stdout, 'data'), ended])
      }
      child.kill('SIGTERM')
      await ended
      assert.equal(child.exitCode, 0, printed)
      assert.match(printed, /Stopped\./)
    }
  })

  it('[DI6] --help has every setting', async (t) => {
    const { code, stdout } = await run(t, ['--help']).ended()
    assert.equal(code, 0)
    for (const name of settingNames) assert.match(stdout, new RegExp(`^  ${name} +\\S`, 'm'))
  })

  it('[DI6] --version is the version, an unknown flag a sentence', async (t) => {
    assert.equal((await run(t, ['--version']).ended()).stdout, `${version}\n`)
    const { code, stderr } = await run(t, ['--prot', '80']).ended()
    assert.equal(code, 2)
    assert.match(stderr, /^Unknown option '--prot'.* Try --help\.\n$/)
  })

  it('[DI6] a wrong value stops the start with a sentence for each', async (t) => {
    const { code, stdout, stderr } = await run(t, [], { PORT: 'eighty', SECRET_KEY: 'yoursecretkey' }).ended()
    assert.equal(code, 1)
    assert.equal(stdout, '')
    assert.match(
      stderr,
      /^PORT: "eighty" is not a whole number from 0 to 65535\.\nSECRET_KEY is a well-known one, .*\n$/,
    )
    assert.doesNotMatch(stderr, /yoursecretkey/)
  })

  it('[DI6] a port that is taken stops the start with one sentence', async (t) => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    t.after(() => taken.close())
    const { port } = taken.address() as AddressInfo
    const { code, stderr } = await run(t, [], { PORT: String(port) }).ended()
    assert.equal(code, 1)
    assert.equal(
      stderr,
      `Something else listens on 127.0.0.1:${port}: stop it, or set PORT to another port.\n`,
    )
  })

  it('[DI6] a place where nothing can be kept stops the start with one sentence', async (t) => {
    const SECRET_KEY = randomBytes(32).toString('hex')
    const cases: readonly [Record<string, string>, RegExp][] = [
      [
        { DATA_DIR: '/proc/nope/data' },
        /^DATA_DIR: nothing can be kept in "\/proc\/nope\/data" \(ENOENT.*\)\. .+\.\n$/,
      ],
      [
        { DATA_DIR: '/proc/nope', SECRET_KEY },
        /^DATA_DIR: nothing can be kept in "\/proc\/nope" \(ENOENT.*\)\. .+\.\n$/,
      ],
      [{ DATA_DIR: main }, /^DATA_DIR: nothing can be kept in .*\(ENOTDIR.*\)\. .+\.\n$/],
      [
        { DATABASE_URL: 'sqlite:////proc/nope/app.db' },
        /^The server .*: The database \/proc\/nope\/app\.db cannot be opened.*\.\n$/,
      ],
      [{ DATABASE_URL: 'sqlite:////tmp' }, /^The server .*: The database \/tmp cannot be opened.*\.\n$/],
      [{ DATABASE_URL: 'sqlite:////dev/null' }, /^The server .*: The database \/dev\/null cannot be .*\.\n$/],
    ]
    for (const [env, sentence] of cases) {
      const { code, stderr } = await run(t, [], env).ended()
      assert.equal(code, 1)
      assert.match(stderr, sentence)
    }
  })

  it('[DI6] DATA_DIR is made, with its parents, also where the secret is given', async (t) => {
    const SECRET_KEY = randomBytes(32).toString('hex')
    const server = run(t, [], { SECRET_KEY, DATA_DIR: './a/b' })
    await server.printed(/listens on/)
  })

  it('[CO9] says where it listens, and ends with 0 on SIGTERM', async (t) => {
    const server = run(t, [], { LOG_FORMAT: 'text' }, 'PORT=1\nSHUTDOWN_GRACE_MS=5000\n')
    const [, url = ''] = await server.printed(
      /^\[.*\] INFO: Parlance \S+ listens on (http:\/\/127\.0\.0\.1:\d+)$/m,
    )
    assert.equal((await fetch(`${url}/readyz`)).status, 200)
    server.child.kill('SIGTERM')
    const { code, stdout, stderr } = await server.ended()
    assert.equal(code, 0, stdout)
    assert.match(
      stdout,
      /INFO: SIGTERM: finishing what is under way, for 5000 ms at most\.\n.*INFO: Stopped\.\n$/,
    )
    assert.equal(stderr, '')
  })

  it('[CO9] ends with 0 on SIGINT, with JSON lines where no terminal is', async (t) => {
    const server = run(t)
    await server.printed(/"msg":"Parlance \S+ listens on/)
    server.child.kill('SIGINT')
    const { code, stdout } = await server.ended()
    assert.equal(code, 0)
    for (const line of stdout.trim().split('\n')) JSON.parse(line)
  })

  /** A server that is asked to stop while somebody does not read the answers they asked for: it waits for them. */
  async function stopWhileAnswering(t: TestContext, graceMs: number): Promise<Run> {
    const server = run(t, [], { SHUTDOWN_GRACE_MS: String(graceMs) })
    const [, port] = await server.printed(/listens on http:\/\/127\.0\.0\.1:(\d+)/)
    const socket = connect(Number(port), '127.0.0.1').on('error', () => {})
    t.after(() => socket.destroy())
    // More than all buffers between here and there hold.
    socket.write('GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(1_000))
    await once(socket, 'readable')
    server.child.kill('SIGTERM')
    await server.printed(/finishing what is under way/)
    return server
  }

  it('[CO9] does not wait for connections that are silent, or whose request is still arriving', async (t) => {
    const server = run(t, [], { SHUTDOWN_GRACE_MS: '600000' })
    const [, port] = await server.printed(/listens on http:\/\/127\.0\.0\.1:(\d+)/)
    const open = () => {
      const socket = connect(Number(port), '127.0.0.1').on('error', () => {})
      t.after(() => socket.destroy())
      return socket
    }
    await once(open(), 'connect')
    const header = open()
    header.write('GET /healthz HTTP/1.1\r\nHost:')
    const kept = open()
    kept.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
    await once(kept, 'data')
    const half = open()
    half.write(
      'POST /v1/accounts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n{',
    )
    // The interim answer says that the server has the request.
    await once(half, 'data')
    // Who waited for them would answer 408 in the end.
    let answered = ''
    for (const socket of [header, half]) socket.on('data', (bytes) => (answered += bytes))
    server.child.kill('SIGTERM')
    const { code, stdout } = await server.ended()
    assert.equal(code, 0)
    assert.doesNotMatch(stdout, /grace time is over/)
    assert.equal(answered, '')
  })

  it('[CO9] ends at once on a second signal', async (t) => {
    const server = await stopWhileAnswering(t, 60_000)
    server.child.kill('SIGTERM')
    assert.equal((await server.ended()).code, 143)
  })

  it('[CO9] waits no longer than the grace time', async (t) => {
    const server = await stopWhileAnswering(t, 100)
    assert.equal((await server.ended()).code, 0)
  })
})
