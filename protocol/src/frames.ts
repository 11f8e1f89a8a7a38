import Type, { type Static } from 'typebox'
import { errorCodes } from './error-codes.ts'
import { AnyEvent } from './events.ts'
import { protocolLimits as limits } from './limits.ts'
import { Account, OwnRoom, RoomId, Seq, SessionId, Timestamp } from './models.ts'

/** The client's number for a request; it comes back in the reply. */
export const Ref = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
export type Ref = Static<typeof Ref>

/** Room id → the last seq that the client has. */
export const Positions = Type.Record(Type.String({ pattern: '^[1-9][0-9]{0,9}$' }), Seq, {
  maxProperties: limits.resumeRooms,
})

/** The first frame of a connection, within 10 s. Without a token the browser's session cookie is used. */
export const Hello = Type.Object({
  type: Type.Literal('hello'),
  ref: Type.Optional(Ref),
  token: Type.Optional(Type.String({ maxLength: 4_096 })),
  resume: Type.Optional(Type.Object({ epoch: Type.String({ maxLength: 64 }), rooms: Positions })),
  client: Type.Optional(Type.String({ maxLength: 200 })),
})
export type Hello = Static<typeof Hello>

export const ReplyError = Type.Object({
  code: Type.Enum(errorCodes),
  message: Type.String(),
  retryAfterMs: Type.Optional(Type.Integer({ minimum: 0 })),
})

export const Reply = Type.Union([
  Type.Object({
    type: Type.Literal('reply'),
    ref: Type.Union([Ref, Type.Null()]),
    ok: Type.Literal(true),
    data: Type.Object({}),
  }),
  Type.Object({
    type: Type.Literal('reply'),
    ref: Type.Union([Ref, Type.Null()]),
    ok: Type.Literal(false),
    error: ReplyError,
  }),
])
export type Reply = Static<typeof Reply>

/** The time of the server as it says this: all its times are by this clock, whatever the client's own shows. */
const Now = Type.Optional(Timestamp)

/** Control frames of the server. */
export const controls = {
  welcome: Type.Object(
    {
      type: Type.Literal('welcome'),
      protocol: Type.Integer(),
      session: SessionId,
      user: Account,
      epoch: Type.String({ description: 'Names the life of the store; another epoch recovers nothing.' }),
      heartbeatMs: Type.Integer(),
      now: Now,
      limits: Type.Record(Type.String(), Type.Integer()),
      rooms: Type.Array(OwnRoom),
    },
    { description: 'The answer to hello: every room and where it stands, as of one moment.' },
  ),
  replay: Type.Union(
    [
      Type.Object({
        type: Type.Literal('replay'),
        room: RoomId,
        recovered: Type.Literal(true),
        events: Type.Array(AnyEvent),
        more: Type.Boolean({ description: 'Whether another replay of this room follows.' }),
      }),
      Type.Object({
        type: Type.Literal('replay'),
        room: RoomId,
        recovered: Type.Literal(false),
        reason: Type.Union([Type.Literal('epoch'), Type.Literal('not_a_member'), Type.Literal('ahead')]),
        head: Seq,
      }),
    ],
    { description: 'What was missed in one room of hello.resume: whole or declared, never silent.' },
  ),
  goodbye: Type.Object(
    { type: Type.Literal('goodbye'), retryAfterMs: Type.Integer() },
    { description: 'The server is about to close: come back after this time.' },
  ),
  pong: Type.Object(
    {
      type: Type.Literal('pong'),
      ref: Type.Union([Ref, Type.Null()]),
      heads: Type.Record(Type.String(), Seq),
      now: Now,
    },
    { description: 'The answer to ping: the heads of the rooms where the client is not at the head.' },
  ),
} as const

export type ControlType = keyof typeof controls
export type Welcome = Static<typeof controls.welcome>
export type Replay = Static<typeof controls.replay>
export const controlTypes = Object.keys(controls) as ControlType[]
