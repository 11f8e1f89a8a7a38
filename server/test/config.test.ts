import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { defaultLimits } from '@parlance/protocol/limits'
import { ConfigError, type Environment, environment, readConfig } from '../src/config.ts'
import { keepSecret } from '../src/secret.ts'
import { settingNames } from '../src/settings.ts'
import { markdownSettings, plainSettings } from '../src/settings-table.ts'

const secret = '3f9c0b7e5a1d4826b3c7e9f0a2d4c6e8'

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'parlance-'))
  t.after(() => rmSync(path, { recursive: true }))
  return path
}

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig({ SECRET_KEY: secret, ...env })
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  return []
}

describe('settings', () => {
  it('[DI6] all have defaults', (t) => {
    const dataDir = folder(t)
    const config = readConfig({ DATA_DIR: dataDir })
    assert.equal(config.host, '127.0.0.1')
    assert.equal(config.port, 8000)
    assert.deepEqual(config.database, { kind: 'sqlite', path: join(dataDir, 'parlance.db') })
    assert.equal(config.algorithm, 'HS256')
    assert.equal(config.accessTokenLifeMs, 30 * 60_000)
    assert.deepEqual(config.allowedOrigins, [])
    assert.deepEqual(config.limits, defaultLimits)
    assert.equal(config.logFormat, 'json')
    assert.equal(readConfig({ SECRET_KEY: secret }, true).logFormat, 'text')
    assert.equal(readConfig({ SECRET_KEY: secret, LOG_FORMAT: 'json' }, true).logFormat, 'json')
    assert.equal(readConfig({ SECRET_KEY: secret, LOG_FORMAT: 'text' }).logFormat, 'text')
  })

  it('[DI6] an empty variable is one that is not set', () => {
    assert.equal(readConfig({ SECRET_KEY: secret, PORT: '', HOST: ' ' }).port, 8000)
  })

  it('[DI6] are frozen once read', () => {
    const config = readConfig({ SECRET_KEY: secret, ALLOWED_ORIGINS: 'https://a.example' })
    for (const part of [config, config.limits, config.database, config.allowedOrigins]) {
      assert.ok(Object.isFrozen(part))
    }
  })

  it('[DI6] the real environment wins over .env', (t) => {
    const cwd = folder(t)
    writeFileSync(join(cwd, '.env'), 'PARLANCE_TEST_ONLY=file\nPATH=file\n')
    const env = environment(cwd)
    assert.equal(env.PARLANCE_TEST_ONLY, 'file')
    assert.equal(env.PATH, process.env.PATH)
  })

  it('[DI6] DATABASE_URL takes the spelling of SQLAlchemy', () => {
    const paths = {
      'sqlite:///./app.db': './app.db',
      'sqlite:///app.db': 'app.db',
      'sqlite+aiosqlite:///./app.db': './app.db',
      'sqlite:////var/lib/app.db': '/var/lib/app.db',
      'sqlite://': ':memory:',
      'sqlite:///:memory:': ':memory:',
      ':memory:': ':memory:',
    }
    for (const [DATABASE_URL, path] of Object.entries(paths)) {
      assert.equal(readConfig({ SECRET_KEY: secret, DATABASE_URL }).database.path, path, DATABASE_URL)
    }
  })

  it('[DI6] lists are split at commas, limits may be off', () => {
    const config = readConfig({
      SECRET_KEY: secret,
      ALLOWED_ORIGINS: 'https://a.example, http://b.example:3000,',
      TRUSTED_PROXIES: '10.0.0.0/8,::1',
      LIMIT_LOGINS_PER_MINUTE: '0',
    })
    assert.deepEqual(config.allowedOrigins, ['https://a.example', 'http://b.example:3000'])
    assert.deepEqual(config.trustedProxies, ['10.0.0.0/8', '::1'])
    assert.equal(config.limits.loginsPerMinute, 0)
  })

  it('[DI6] a room has no rate where an account has none, unless it is given', () => {
    const rateOf = (env: Environment) =>
      readConfig({ SECRET_KEY: secret, ...env }).limits.messagesPerSecondPerRoom
    assert.equal(rateOf({}), 500)
    assert.equal(rateOf({ LIMIT_MESSAGES_PER_SECOND: '0' }), 0)
    assert.equal(rateOf({ LIMIT_MESSAGES_PER_SECOND: '0', LIMIT_MESSAGES_PER_SECOND_PER_ROOM: '7' }), 7)
  })

  const wrong: [string, string, string][] = [
    ['PORT', 'eighty', 'PORT: "eighty" is not a whole number from 0 to 65535.'],
    ['PORT', '65536', 'PORT: "65536" is not a whole number from 0 to 65535.'],
    ['PORT', '-1', 'PORT: "-1" is not a whole number from 0 to 65535.'],
    ['PORT', '80.5', 'PORT: "80.5" is not a whole number from 0 to 65535.'],
    ['PORT', '8000\nADMIN', 'PORT: "8000\\nADMIN" is not a whole number from 0 to 65535.'],
    ['ALGORITHM', 'none', 'ALGORITHM: "none" is none of HS256, HS384, HS512.'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL: "loud" is none of fatal, error, warn, info, debug, trace, silent.'],
    [
      'LOG_LEVEL',
      'toString',
      'LOG_LEVEL: "toString" is none of fatal, error, warn, info, debug, trace, silent.',
    ],
    ['LOG_FORMAT', 'xml', 'LOG_FORMAT: "xml" is none of text, json.'],
    ['TOKEN_IN_QUERY', 'maybe', 'TOKEN_IN_QUERY: "maybe" is neither true nor false.'],
    ['LIMIT_CONNECTIONS', '-5', 'LIMIT_CONNECTIONS: "-5" is not a whole number from 0 to 1000000000.'],
    [
      'TRUSTED_PROXIES',
      '10.0.0.0/33',
      'TRUSTED_PROXIES: "10.0.0.0/33" holds something that is neither an IP address nor a network such as 10.0.0.0/8.',
    ],
  ]
  for (const [name, value, sentence] of wrong) {
    it(`[DI6] ${name}=${JSON.stringify(value)} is refused with one sentence`, () => {
      assert.deepEqual(faultsOf({ [name]: value }), [sentence])
    })
  }

  it('[DI6] origins are exact', () => {
    for (const origin of [
      '*',
      'https://a.example/',
      'a.example',
      'null',
      'ftp://a.example',
      'https://a.example/chat',
      'https://ann@a.example',
    ]) {
      const [fault = ''] = faultsOf({ ALLOWED_ORIGINS: origin })
      assert.match(fault, /^ALLOWED_ORIGINS: ".*" holds something that is not an exact origin/, origin)
    }
  })

  it('[DI6] [AC33] origins have one spelling', () => {
    const given = 'https://A.example, https://a.example:443,http://müller.example:8080,http://[::1]:80'
    const { allowedOrigins } = readConfig({ SECRET_KEY: secret, ALLOWED_ORIGINS: given })
    assert.deepEqual(allowedOrigins, [
      'https://a.example',
      'https://a.example',
      'http://xn--mller-kva.example:8080',
      'http://[::1]',
    ])
  })

  it('[DI6] PUBLIC_URL is an origin with or without a path', () => {
    const read = (given: string) => readConfig({ SECRET_KEY: secret, PUBLIC_URL: given }).publicUrl
    assert.equal(read(''), undefined)
    const origin = 'https://example.com'
    assert.deepEqual(read('https://Example.com:443/'), { href: origin, origin, path: '' })
    assert.deepEqual(read(`${origin}/chat/`), { href: `${origin}/chat`, origin, path: '/chat' })
    assert.deepEqual(read(`${origin}/a/b.c`), { href: `${origin}/a/b.c`, origin, path: '/a/b.c' })
    for (const given of [
      'example.com',
      'ftp://a.b',
      `${origin}/?x`,
      `${origin}/#x`,
      'https://u:p@a.b',
      'https://',
    ])
      assert.match(faultsOf({ PUBLIC_URL: given })[0] ?? '', /^PUBLIC_URL: ".*" is no address such as/, given)
    for (const given of ['/a b', '/"><script>', '/ä', '/a//b', '/;x'])
      assert.match(faultsOf({ PUBLIC_URL: origin + given })[0] ?? '', /^PUBLIC_URL: /, given)
    assert.match(faultsOf({ PUBLIC_URL: `${origin}/v1` })[0] ?? '', /begins as the server's own \/v1/)
    assert.match(faultsOf({ PUBLIC_URL: `${origin}/api/chat` })[0] ?? '', /begins as the server's own \/api/)
  })

  it('[DI6] PostgreSQL is refused without showing the password', () => {
    const [fault = ''] = faultsOf({ DATABASE_URL: 'postgresql://ada:hunter2@db/chat' })
    assert.match(fault, /^DATABASE_URL names PostgreSQL, which is not supported yet/)
    assert.doesNotMatch(fault, /hunter2/)
    assert.match(faultsOf({ DATABASE_URL: 'mysql://x' })[0] ?? '', /^DATABASE_URL is none of sqlite/)
  })

  it('[DI6] every wrong value is told, not the first alone', () => {
    assert.equal(faultsOf({ PORT: 'x', ALGORITHM: 'y', LIMIT_CONNECTIONS: 'z' }).length, 3)
  })

  it('[DI6] --help and the table name every setting', () => {
    for (const name of settingNames) {
      assert.ok(plainSettings().includes(`  ${name} `), name)
      assert.ok(markdownSettings().includes(`| \`${name}\` |`), name)
    }
  })

  it('[DI6] the table in the README is that of the code', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
    assert.ok(
      readme.includes(markdownSettings()),
      `README.md has another table than this:\n\n${markdownSettings()}\n`,
    )
  })
})

describe('the secret', () => {
  const known = [
    'yoursecretkey',
    'YOUR_SECRET_KEY',
    'secret',
    'changeme',
    'changemechangemechangemechangemechangeme',
    'x'.repeat(64),
    '09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7',
    'your-secret-key-change-this-in-production',
  ]
  for (const SECRET_KEY of known) {
    it(`[AC5] ${SECRET_KEY} is refused as well-known`, () => {
      const [fault = ''] = faultsOf({ SECRET_KEY })
      assert.match(fault, /^SECRET_KEY is a well-known one, .* Make one with "openssl rand -hex 32"/)
      assert.ok(!fault.slice('SECRET_KEY'.length).includes(SECRET_KEY) || SECRET_KEY === 'secret')
    })
  }

  it('[AC5] a short one is refused', () => {
    assert.match(
      faultsOf({ SECRET_KEY: 'q9Zr4kT2' })[0] ?? '',
      /^SECRET_KEY has fewer than 32 characters\. Make one/,
    )
    assert.doesNotMatch(faultsOf({ SECRET_KEY: 'q9Zr4kT2' })[0] ?? '', /q9Zr4kT2/)
  })

  it('[AC5] is made once, 256 bits, for the owner alone', (t) => {
    const dataDir = join(folder(t), 'new')
    const first = readConfig({ DATA_DIR: dataDir }).secret
    assert.match(first, /^[0-9a-f]{64}$/)
    assert.equal(statSync(join(dataDir, 'secret')).mode & 0o777, 0o600)
    assert.equal(readConfig({ DATA_DIR: dataDir }).secret, first)
  })

  it('[AC5] is not made where one is given', (t) => {
    const dataDir = join(folder(t), 'new')
    readConfig({ DATA_DIR: dataDir, SECRET_KEY: secret, DATABASE_URL: 'sqlite://' })
    assert.ok(!existsSync(dataDir))
    readConfig({ DATA_DIR: dataDir, SECRET_KEY: secret })
    assert.deepEqual(readdirSync(dataDir), [])
  })

  it('[AC5] a file that is damaged stops the start', (t) => {
    const dataDir = folder(t)
    writeFileSync(join(dataDir, 'secret'), '')
    assert.throws(
      () => readConfig({ DATA_DIR: dataDir }),
      /The file secret in DATA_DIR .* has fewer than 32 characters/,
    )
  })

  it('[AC5] a folder that cannot be written stops the start', (t) => {
    const file = join(folder(t), 'file')
    writeFileSync(file, '')
    assert.throws(() => readConfig({ DATA_DIR: file }), /DATA_DIR: nothing can be kept in/)
  })

  it('[AC5] processes that start together share it', async (t) => {
    const dataDir = folder(t)
    const module = JSON.stringify(join(import.meta.dirname, '../src/secret.ts'))
    const program = `import(${module}).then(({ keepSecret }) => console.log(keepSecret(${JSON.stringify(dataDir)})))`
    const { promisify } = await import('node:util')
    const { execFile } = await import('node:child_process')
    const started = Array.from({ length: 8 }, () => promisify(execFile)(process.execPath, ['-e', program]))
    const secrets = (await Promise.all(started)).map(({ stdout }) => stdout.trim())
    assert.deepEqual(new Set(secrets), new Set([keepSecret(dataDir)]))
  })
})
