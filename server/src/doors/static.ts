import type { FastifyInstance } from 'fastify'

/** A file that is served as it is. */
export interface Asset {
  readonly name: string
  readonly type: 'text/javascript' | 'text/css'
  /** Read anew for each request: browsers keep it, and the server needs no memory for it. */
  read(): Promise<Buffer | string>
}

/**
 * Serves assets under `/<folder>/assets/<version>/`; the version in the path changes with the content, so that
 * browsers need never ask again. Gives the path in front of the names.
 */
export function serveAssets(
  app: FastifyInstance,
  folder: string,
  version: string,
  assets: readonly Asset[],
): string {
  const base = `/${folder}/assets/${version}`
  for (const { name, type, read } of assets) {
    app.get(`${base}/${name}`, async (_request, reply) =>
      reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .type(`${type}; charset=utf-8`)
        .send(await read()),
    )
  }
  return base
}
