import type { OpenapiPart } from '../dialects/native/openapi.ts'
import type { JsonObject } from '../dialects/native/schema-tree.ts'

const state: JsonObject = { type: 'string', enum: ['ok', 'down'] }
const ready: JsonObject = {
  type: 'object',
  properties: {
    status: { type: 'string', enum: ['ok', 'unavailable'] },
    server: { type: 'string', enum: ['ok', 'draining', 'failed'] },
    store: state,
    broker: state,
  },
  required: ['status', 'server', 'store', 'broker'],
}

function get(operationId: string, summary: string, responses: JsonObject): JsonObject {
  return { get: { operationId, summary, tags: ['operations'], security: [], responses } }
}

function json(description: string, schema: JsonObject): JsonObject {
  return { description, content: { 'application/json': { schema } } }
}

const links: JsonObject = {
  type: 'object',
  properties: Object.fromEntries(
    ['openapi', 'asyncapi', 'docs', 'redoc'].map((name) => [name, { type: 'string' }]),
  ),
}

/** What `operationRoutes` answers, in the document, and where the documents are (SPEC DI1). */
export function operationsPart(): OpenapiPart {
  const alive: JsonObject = { type: 'object', properties: { status: { type: 'string', const: 'ok' } } }
  return {
    tags: [{ name: 'operations', description: 'For whoever runs the server' }],
    paths: {
      '/v1': get('start', 'Where the documents are.', {
        200: json('Their paths.', links),
        302: { description: 'Browsers are led to the pages.' },
      }),
      '/healthz': get('health', 'Whether the process lives.', { 200: json('It lives.', alive) }),
      '/readyz': get('ready', 'Whether it wants work.', {
        200: json('It does.', ready),
        503: json('It does not, or a part is down.', ready),
      }),
      '/metrics': get('metrics', 'What Prometheus reads.', {
        200: { description: 'All metrics.', content: { 'text/plain': { schema: { type: 'string' } } } },
      }),
    },
    components: {},
  }
}
