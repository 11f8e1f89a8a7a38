import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { answers, freePort } from '../support/ports.ts'

const examples = join(import.meta.dirname, '../../../examples/proxy')

export const proxyNames = ['nginx', 'caddy', 'haproxy'] as const
export type ProxyName = (typeof proxyNames)[number]

/** The files as they stand in `examples/proxy` and in docs/OPERATIONS.md. */
export const proxyFiles = { nginx: 'nginx.conf', caddy: 'Caddyfile', haproxy: 'haproxy.cfg' } as const

export interface RunningProxy extends AsyncDisposable {
  /** Where it listens, on 127.0.0.1 and by TLS. */
  readonly port: number
  /** Of the certificate that it shows. */
  readonly ca: Buffer
}

export function proxyFile(name: ProxyName): string {
  return readFileSync(join(examples, proxyFiles[name]), 'utf8')
}

/** Runs a proxy by its file, with nothing else in it than ports and paths of this machine, until the end of the test. */
export async function runProxy(name: ProxyName, serverPort: number, folder: string): Promise<RunningProxy> {
  const port = await freePort()
  const [cert, key] = makeCertificate(folder)
  const file = join(folder, proxyFiles[name])
  const config = replaced(proxyFile(name), [
    ['127.0.0.1:8000', `127.0.0.1:${serverPort}`],
    ...{
      nginx: [
        ['listen 443 ssl', `listen 127.0.0.1:${port} ssl`],
        ['/etc/ssl/parlance/cert.pem', cert],
        ['/etc/ssl/parlance/key.pem', key],
      ] as const,
      caddy: [
        ['example.com {', `https://example.com:${port} {\n\tbind 127.0.0.1\n\ttls ${cert} ${key}`],
      ] as const,
      haproxy: [
        ['bind :443', `bind 127.0.0.1:${port}`],
        ['/etc/haproxy/parlance.pem', join(folder, 'both.pem')],
      ] as const,
    }[name],
  ])
  writeFileSync(file, wrapped(name, config, folder))
  const [program, ...args] = {
    nginx: ['/usr/sbin/nginx', '-p', folder, '-c', file],
    caddy: ['caddy', 'run', '--config', file, '--adapter', 'caddyfile'],
    haproxy: ['/usr/sbin/haproxy', '-db', '-f', file],
  }[name] as [string, ...string[]]
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  })
  let said = ''
  for (const out of [child.stdout, child.stderr]) out.on('data', (chunk) => (said += chunk))
  const ended = once(child, 'exit')
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}: ${said}`)
    await setTimeout(20)
  }
  return {
    port,
    ca: readFileSync(cert),
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** What the file stands in on a machine that has the proxy to itself. */
function wrapped(name: ProxyName, config: string, folder: string): string {
  if (name === 'caddy') return `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${config}`
  if (name === 'haproxy') return config
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return [
    ...(process.getuid?.() === 0 ? ['user root;'] : []),
    `daemon off;\npid ${folder}/nginx.pid;\nerror_log stderr;\nevents {}`,
    `http {\naccess_log off;\n${temporary.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join('\n')}`,
    `${config}}`,
  ].join('\n')
}

function replaced(text: string, pairs: readonly (readonly [string, string])[]): string {
  let result = text
  for (const [from, to] of pairs) {
    if (!result.includes(from)) throw new Error(`The file has no ${from}.`)
    result = result.replace(from, to)
  }
  return result
}

/** A certificate of this test alone; its file, and that of its key. */
function makeCertificate(folder: string): [string, string] {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const { status, stderr } = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
    ...['-subj', '/CN=chat.example.com', '-addext', 'subjectAltName=DNS:chat.example.com,DNS:example.com'],
    ...['-keyout', key, '-out', cert],
  ])
  if (status !== 0) throw new Error(`openssl: ${stderr}`)
  writeFileSync(join(folder, 'both.pem'), readFileSync(cert, 'utf8') + readFileSync(key, 'utf8'))
  return [cert, key]
}
