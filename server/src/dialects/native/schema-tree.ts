import { commands, Grant } from '@parlance/protocol/commands'
import { AnyEvent, events } from '@parlance/protocol/events'
import {
  Account,
  Ban,
  Invite,
  Member,
  Message,
  OwnRoom,
  Reaction,
  Reactor,
  Role,
  Room,
  Session,
  User,
  Visibility,
  VisibleRoom,
} from '@parlance/protocol/models'
import type { TSchema } from 'typebox'

/** A JSON document. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** The models that documents name once and refer to. Schemas share them by identity, and so they are known again. */
const models = new Map<unknown, string>(
  Object.entries({
    Account,
    Ban,
    Event: AnyEvent,
    Grant,
    Invite,
    Member,
    Message,
    OwnRoom,
    Reaction,
    Reactor,
    Role,
    Room,
    Session,
    User,
    Visibility,
    VisibleRoom,
    SentMessage: commands['message.send'].data,
    ...events,
  } satisfies Record<string, TSchema>).map(([name, schema]) => [schema, name]),
)

/** A schema as a document holds it: named models as references into `#/components/schemas`. */
export function schemaTree(schema: unknown): Json {
  const name = models.get(schema)
  return name === undefined ? bareTree(schema) : { $ref: `#/components/schemas/${name}` }
}

/** `components.schemas`: every named model, written out. */
export function modelTrees(): JsonObject {
  return Object.fromEntries([...models].map(([schema, name]) => [name, bareTree(schema)]))
}

function bareTree(node: unknown): Json {
  if (Array.isArray(node)) return node.map(schemaTree)
  if (typeof node !== 'object' || node === null) return node as Json
  const tree: JsonObject = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, schemaTree(value)]),
  )
  return choicesAsEnum(tree)
}

/** `anyOf` of constants reads better as `enum`. */
function choicesAsEnum(tree: JsonObject): JsonObject {
  const { anyOf, ...rest } = tree
  if (!Array.isArray(anyOf)) return tree
  const choices = anyOf.map((one) =>
    typeof one === 'object' && one !== null && 'const' in one ? one.const : undefined,
  )
  const strings = choices.filter((choice) => typeof choice === 'string')
  return strings.length === anyOf.length ? { type: 'string', enum: strings, ...rest } : tree
}
