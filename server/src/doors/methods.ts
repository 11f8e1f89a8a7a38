import type { FastifyInstance } from 'fastify'

interface Pattern {
  readonly path: RegExp
  readonly methods: Set<string>
}

/**
 * Notes every route that is added from here on, and gives a function that tells which methods a path answers to:
 * what 405 and OPTIONS need, and Fastify does not tell.
 */
export function methodsOf(app: FastifyInstance): (path: string) => readonly string[] {
  const patterns = new Map<string, Pattern>()
  app.addHook('onRoute', ({ url, method }) => {
    const pattern = patterns.get(url) ?? { path: patternOf(url), methods: new Set() }
    patterns.set(url, pattern)
    for (const one of [method].flat()) pattern.methods.add(one)
  })
  return (path) => {
    const methods = new Set<string>()
    for (const pattern of patterns.values()) {
      if (pattern.path.test(path)) for (const method of pattern.methods) methods.add(method)
    }
    return methods.size === 0 ? [] : [...methods.add('OPTIONS')].sort()
  }
}

/** `/v1/rooms/:room` → a pattern for paths, with or without a slash at the end. */
function patternOf(url: string): RegExp {
  const source = url
    .replace(/\/$/, '')
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:[^/]+/g, '[^/]+')
    .replace('*', '.*')
  return new RegExp(`^${source}/?$`)
}
