/** Of `protocolLimits`, by itself: the client library needs no other. */
export const resumeRooms = 2_000

/** Fixed limits of the protocol; the ones an operator sets are in `Limits` below. Each is tested at its edge. */
export const protocolLimits = {
  /** Bytes of one frame or request body, all fragments together. */
  frameBytes: 65_536,
  /** Nesting of JSON objects and arrays in a frame or body. */
  jsonDepth: 16,
  /** Fragments of one WebSocket message. */
  fragments: 64,
  /** Code points of a message's text. */
  textLength: 16_000,
  /** Code points of a room's or a user's name. */
  nameLength: 64,
  /** Code points of a room's topic. */
  topicLength: 250,
  /** Code points of a reaction: one emoji with its modifiers. */
  emojiLength: 32,
  /** Different emoji on one message. */
  reactionKinds: 50,
  /** Characters of a nonce, out of [A-Za-z0-9_-]. */
  nonceLength: 64,
  /** Messages of one history page. */
  historyPage: 200,
  /** Events of one page of the log. */
  eventsPage: 500,
  /** Rooms or members of one page of a list. */
  listPage: 200,
  /** Invitations by link of one room that are open at once. */
  roomInvites: 50,
  /** Milliseconds that an invitation by link holds, unless told, and at most. */
  inviteMs: 604_800_000,
  inviteMaxMs: 2_592_000_000,
  /**
   * Rooms in `hello.resume`: as many as fit a frame, whatever their numbers. Of the others one reads `room.events`
   * from where one is.
   */
  resumeRooms,
  /** Unread and mention counts stop here. */
  countCap: 999,
  /** Characters of a password, at least and at most. */
  passwordMin: 8,
  passwordMax: 1_024,
  /** Milliseconds from the opening of a socket to its `hello`. */
  helloMs: 10_000,
  /** Milliseconds of silence after which the other side is asked. */
  heartbeatMs: 25_000,
  /** Milliseconds within which it answers. */
  heartbeatAnswerMs: 10_000,
  /** Bytes waiting in one socket; signals stop at half, at the whole it is closed as slow. */
  queueBytes: 1_048_576,
  /** Milliseconds that a socket may hold bytes without draining any. */
  queueStallMs: 10_000,
  /** Members of a room up to which presence names them; above it only the count is sent. */
  presenceMembers: 200,
  /** Milliseconds of a presence lease. */
  presenceLeaseMs: 30_000,
  /** Milliseconds between two typing signals of one user in one room. */
  typingIntervalMs: 3_000,
  /** Milliseconds after which a typing signal is void. */
  typingExpiryMs: 6_000,
} as const

/** What the operator sets; 0 is off. All of it is sent in `welcome.limits`, with the protocol's own. */
export interface Limits {
  /** Open sockets in all. */
  readonly connections: number
  readonly connectionsPerAddress: number
  readonly connectionsPerAccount: number
  /** Messages, edits and changes of rooms per second and account (bursts of twice as many). */
  readonly messagesPerSecond: number
  /** The same of all authors of one room together; none where an account has none, unless it is given. */
  readonly messagesPerSecondPerRoom: number
  /** Wrong log-ins per minute, account and address; per address four times as many, per account twenty times. */
  readonly loginsPerMinute: number
  /** Registrations and guests per hour and address. */
  readonly registrationsPerHour: number
  /** REST requests, or socket commands, per minute and address, or connection. */
  readonly requestsPerMinute: number
  /** Rooms that one account has created and not archived. */
  readonly roomsPerAccount: number
}

export const defaultLimits: Limits = {
  connections: 20_000,
  connectionsPerAddress: 1_000,
  connectionsPerAccount: 50,
  messagesPerSecond: 10,
  messagesPerSecondPerRoom: 500,
  loginsPerMinute: 5,
  registrationsPerHour: 300,
  requestsPerMinute: 6_000,
  roomsPerAccount: 200,
}
