import { closes } from '@parlance/protocol/closes'
import { commands, commandTypes } from '@parlance/protocol/commands'
import { events, eventTypes } from '@parlance/protocol/events'
import { controls, controlTypes, Hello, Ref, Reply } from '@parlance/protocol/frames'
import { onSocket } from '@parlance/protocol/http'
import { signals, signalTypes } from '@parlance/protocol/signals'
import { SUBPROTOCOL } from '@parlance/protocol/version'
import type { TSchema } from 'typebox'
import type { PublicUrl } from '../site.ts'
import { exampleOf } from './example.ts'
import { fieldsOf } from './fields.ts'
import { type JsonObject, modelTrees, schemaTree } from './schema-tree.ts'

/**
 * The AsyncAPI 3 document of `/v1/socket`: every frame of either side. Messages are keyed by
 * kind and type, since `typing` is a command and a signal.
 */
export function buildAsyncapi(version: string, publicUrl?: PublicUrl): JsonObject {
  const requests = {
    'control.hello': messageOf('hello', 'The first frame of a connection, within 10 s.', Hello),
    ...commandMessages(),
  }
  const answers = {
    'control.reply': messageOf('reply', 'The answer to a command; one for each.', Reply),
    ...messagesOf('control', controlTypes, controls),
    ...messagesOf('event', eventTypes, events),
    ...messagesOf('signal', signalTypes, signals),
  }
  return {
    asyncapi: '3.0.0',
    info: { title: 'Parlance: the socket', version, license: { name: 'MIT' }, description: intro() },
    ...(publicUrl !== undefined && { servers: { public: serverOf(publicUrl) } }),
    defaultContentType: 'application/json',
    channels: {
      socket: {
        address: '/v1/socket',
        description: `One WebSocket for everything; subprotocol \`${SUBPROTOCOL}\`. A frame is one JSON object.`,
        messages: references({ ...requests, ...answers }, '#/components/messages'),
        bindings: { ws: { method: 'GET' } },
      },
    },
    operations: {
      ask: {
        action: 'receive',
        summary: 'What a client sends.',
        channel: { $ref: '#/channels/socket' },
        messages: Object.values(references(requests, '#/channels/socket/messages')),
        reply: {
          channel: { $ref: '#/channels/socket' },
          messages: Object.values(
            references(
              { 'control.reply': 0, 'control.welcome': 0, 'control.pong': 0 },
              '#/channels/socket/messages',
            ),
          ),
        },
      },
      tell: {
        action: 'send',
        summary: 'What the server sends.',
        channel: { $ref: '#/channels/socket' },
        messages: Object.values(references(answers, '#/channels/socket/messages')),
      },
    },
    components: { messages: { ...requests, ...answers }, schemas: modelTrees() },
  }
}

function serverOf({ origin, path }: PublicUrl): JsonObject {
  const { protocol, host } = new URL(origin)
  return {
    host,
    protocol: protocol === 'https:' ? 'wss' : 'ws',
    ...(path !== '' && { pathname: path }),
  }
}

function intro(): string {
  const rows = Object.values(closes).map(({ code, reason }) => `- ${code}: ${reason}`)
  return [
    'Close codes; after 4000 to 4499 come back and resume, after 4500 to 4999 do not:',
    '',
    ...rows,
  ].join('\n')
}

/** The commands that the socket speaks, as frames: their input with `type` and `ref`. */
function commandMessages(): Record<string, JsonObject> {
  return Object.fromEntries(
    commandTypes.filter(onSocket).map((type) => {
      const { properties, required } = fieldsOf(type)
      const frame = {
        type: 'object',
        properties: { type: { type: 'string', const: type }, ref: Ref, ...properties },
        required: ['type', ...required],
      }
      return [`command.${type}`, messageOf(type, commands[type].summary, frame)]
    }),
  )
}

function messagesOf<T extends string>(
  kind: string,
  types: readonly T[],
  schemas: Readonly<Record<T, TSchema>>,
): Record<string, JsonObject> {
  return Object.fromEntries(
    types.map((type) => {
      const { description } = schemas[type] as { description?: string }
      return [`${kind}.${type}`, messageOf(type, description ?? type, schemas[type])]
    }),
  )
}

function messageOf(name: string, summary: string, schema: unknown): JsonObject {
  return {
    name,
    title: name,
    summary,
    payload: schemaTree(schema),
    examples: [{ payload: exampleOf(schema) }],
  }
}

/** A reference for each key; what stands in the record does not matter. */
function references(record: Readonly<Record<string, unknown>>, base: string): Record<string, JsonObject> {
  return Object.fromEntries(Object.keys(record).map((key) => [key, { $ref: `${base}/${key}` }]))
}
