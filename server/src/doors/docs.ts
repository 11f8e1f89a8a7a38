import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import swaggerManifest from 'swagger-ui-dist/package.json' with { type: 'json' }
import { type Asset, serveAssets } from './static.ts'

/** The version of `assets/redoc`; its README says where the file comes from. */
const redocVersion = '2.5.4'

const redocFile = join(import.meta.dirname, '../../assets/redoc/redoc.standalone.js.br')

/** ReDoc shows its maker's logo, from the maker's server. Our pages ask nobody else. */
const redocLogo = 'https://cdn.redoc.ly/redoc/logo-mini.svg'

const redocStyles = [
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  "'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='",
]

const swaggerStart = (path: string) => `SwaggerUIBundle({
  url: '${path}/openapi.json',
  dom_id: '#page',
  deepLinking: true,
  validatorUrl: null,
  defaultModelsExpandDepth: 0,
  presets: [SwaggerUIBundle.presets.apis],
})
`

const redocStart = (
  path: string,
) => `Redoc.init('${path}/openapi.json', { nativeScrollbars: true }, document.getElementById('page'))
`

const ownStyle = `body { margin: 0; font-family: system-ui, sans-serif }
`

/** A page of documentation and what it may do beyond loading its own files. */
interface Page {
  readonly path: 'docs' | 'redoc'
  readonly title: string
  readonly version: string
  readonly assets: readonly Asset[]
  readonly policy: string
}

/** Nothing but the page's own files; what a page needs more is said there. */
const strictPolicy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/**
 * The documents at `/openapi.json` and `/asyncapi.json`, with Swagger UI at `/docs` and ReDoc at `/redoc`. Everything
 * comes from this server, and no inline script runs. `path` stands before all paths where browsers see the server.
 */
export function docsRoutes(
  app: FastifyInstance,
  documents: { readonly openapi: object; readonly asyncapi: object },
  path = '',
): void {
  for (const [name, document] of Object.entries(documents)) {
    const text = JSON.stringify(document)
    app.get(`/${name}.json`, async (_request, reply) =>
      reply.header('cache-control', 'no-cache').type('application/json').send(text),
    )
  }
  // Where somebody looks first who was told "the API is under /v1" (SPEC DI1).
  const links = { openapi: '/openapi.json', asyncapi: '/asyncapi.json', docs: '/docs', redoc: '/redoc' }
  const shown = Object.fromEntries(Object.entries(links).map(([name, link]) => [name, path + link]))
  app.get('/v1', async ({ headers }, reply) => {
    reply.header('cache-control', 'no-cache').header('vary', 'accept')
    return /\btext\/html\b/.test(headers.accept ?? '') ? reply.redirect(`${path}/docs`) : shown
  })
  for (const page of [swaggerPage(path), redocPage(path)]) servePage(app, page, path)
}

function servePage(app: FastifyInstance, page: Page, path: string): void {
  const base = serveAssets(app, page.path, page.version, page.assets)
  const html = htmlOf(page, path + base)
  app.get(`/${page.path}`, async (_request, reply) =>
    reply
      .header('content-security-policy', page.policy)
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(html),
  )
}

function htmlOf({ title, assets }: Page, base: string): string {
  const tags = assets.map(({ name, type }) =>
    type === 'text/css'
      ? `<link rel="stylesheet" href="${base}/${name}">`
      : `<script src="${base}/${name}" defer></script>`,
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
${tags.join('\n')}
</head>
<body><div id="page"></div></body>
</html>
`
}

function swaggerPage(path: string): Page {
  const start = swaggerStart(path)
  const folder = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')))
  const file = (name: string) => () => readFile(join(folder, name))
  return {
    path: 'docs',
    title: 'Parlance API: Swagger UI',
    version: versionOf(swaggerManifest.version, start),
    assets: [
      { name: 'page.css', type: 'text/css', read: async () => ownStyle },
      { name: 'swagger-ui.css', type: 'text/css', read: file('swagger-ui.css') },
      { name: 'swagger-ui-bundle.js', type: 'text/javascript', read: file('swagger-ui-bundle.js') },
      { name: 'start.js', type: 'text/javascript', read: async () => start },
    ],
    policy: `${strictPolicy}; style-src 'self'`,
  }
}

function redocPage(path: string): Page {
  const start = redocStart(path)
  return {
    path: 'redoc',
    title: 'Parlance API: ReDoc',
    version: versionOf(redocVersion, start),
    assets: [
      { name: 'page.css', type: 'text/css', read: async () => ownStyle },
      { name: 'redoc.standalone.js', type: 'text/javascript', read: readRedoc },
      { name: 'start.js', type: 'text/javascript', read: async () => start },
    ],
    // ReDoc makes two <style>: one that is empty, and filled by script, and one of a library, always the same. The
    // hashes are of these contents and let no other inline style in. Its search runs in a worker made from a blob.
    policy: `${strictPolicy}; style-src 'self' ${redocStyles.join(' ')}; worker-src blob:`,
  }
}

async function readRedoc(): Promise<string> {
  const script = await promisify(brotliDecompress)(await readFile(redocFile))
  return script.toString().replace(redocLogo, 'data:,')
}

/** Changes with the library and with what we add to it. */
function versionOf(version: string, ...own: readonly string[]): string {
  const hash = createHash('sha256').update(ownStyle)
  for (const text of own) hash.update(text)
  return `${version}-${hash.digest('hex').slice(0, 8)}`
}
