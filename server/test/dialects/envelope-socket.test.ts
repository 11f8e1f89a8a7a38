import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { ContractClient, refusal } from '../support/contract-client.ts'
import { logIn, type Newcomer, newcomer, roomOf } from '../support/envelope.ts'
import { NativeClient } from '../support/native-client.ts'
import { type Ask, ask } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'

const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/

let server: TestServer
let ann: Newcomer
let ben: Newcomer
/** Of ann, with ben as a member. */
let room: number

before(async () => {
  server = await startTestServer()
  ann = await newcomer(server, 'ann')
  ben = await newcomer(server, 'ben')
})

beforeEach(async () => {
  room = await roomOf(server, ann, ben)
})

after(() => server[Symbol.asyncDispose]())

/** A socket of the room, not yet heard. */
const open = ({ token }: Newcomer) => ContractClient.open(server, `/ws/chat/${room}?token=${token}`)

/** A socket that has heard of its own coming, and nothing else. */
async function enter(who: Newcomer): Promise<ContractClient> {
  const client = await open(who)
  assert.deepEqual(brief(await client.next()), [who.id, 'joined'])
  return client
}

/** A frame, as who did what. */
function brief(frame: {
  type: string
  user_id?: number | null
  action?: string
  sender_id?: number
  text?: string
}) {
  const { type, user_id, action, sender_id, text } = frame
  return type === 'user_activity' ? [user_id, action] : [sender_id, text]
}

const post = (path: string, { token }: Newcomer, body?: unknown) =>
  ask(server, 'POST', `/api/chat/rooms${path}`, { token, body })
const native = (method: string, path: string, { token }: Newcomer, more: Ask = {}) =>
  ask(server, method, `/v1${path}`, { token, ...more })

/** What comes before a marker that is sent now. */
async function untilMarker(client: ContractClient, through = client) {
  through.send({ text: 'marker' })
  const frames = await client.until(({ text }) => text === 'marker')
  return frames.slice(0, -1).map(brief)
}

describe('the handshake', () => {
  const refused = async (path: string, headers?: Record<string, string>) => {
    const { status, body, headers: answered } = await refusal(server, path, headers)
    assert.equal(status, 403, path)
    assert.deepEqual(Object.keys(body), ['detail'])
    assert.equal(answered['content-type'], 'application/json')
    return body.detail
  }

  it('[004 WS /ws/chat/{id} 403] refuses a token that is bad, empty, missing or ended', async () => {
    const late = await newcomer(server, 'late')
    await ask(server, 'POST', '/api/logout', { token: late.token })
    for (const query of ['', '?token=', '?token=a.b.c', '?token=null', `?token=${late.token}`, '?Token=x']) {
      assert.equal(await refused(`/ws/chat/${room}${query}`), 'Could not validate credentials')
    }
  })

  it('[004 WS /ws/chat/{id} 403] refuses unknown and hidden rooms and who is no member, in the same words', async () => {
    const hidden = await native('POST', '/rooms', ann, { body: { name: 'secret', visibility: 'private' } })
    const direct = await native('POST', '/directs', ann, { body: { user: ben.id } })
    const others = await roomOf(server, ben)
    const shared = await native('POST', '/rooms', ben, { body: { name: `open ${room}`, visibility: 'open' } })
    const paths = [
      hidden.body.id,
      direct.body.id,
      others,
      shared.body.id,
      2_147_483_647,
      2_147_483_648,
      0,
      -1,
    ]
    for (const id of paths) {
      const detail = await refused(`/ws/chat/${id}?token=${ann.token}`)
      assert.equal(detail, 'Access denied: You are not a member of this room')
    }
  })

  it('[004 WS /ws/chat/{id} 403] refuses ids that are no whole numbers, and paths that are not its own', async () => {
    for (const path of ['x', '1.5', '%31%2F', `${room}/`, `${room}/more`, '', '%', '__proto__', '%00']) {
      await refused(`/ws/chat/${path}?token=${ann.token}`)
    }
  })

  it('[§7] takes the token in `Authorization` too, in any case', async () => {
    for (const authorization of [`Bearer ${ann.token}`, `bearer ${ann.token}`]) {
      using client = await ContractClient.open(server, `/ws/chat/${room}`, { authorization })
      assert.equal((await client.until(({ user_id }) => user_id === ann.id)).at(-1).action, 'joined')
    }
  })

  it('[§7] takes no token in the query where the setting says so', async () => {
    await using strict = await startTestServer({ tokenInQuery: false })
    const carl = await newcomer(strict, 'carl')
    const id = await roomOf(strict, carl)
    assert.equal((await refusal(strict, `/ws/chat/${id}?token=${carl.token}`)).status, 403)
    const authorization = `Bearer ${carl.token}`
    using client = await ContractClient.open(strict, `/ws/chat/${id}`, { authorization })
    assert.equal((await client.next()).type, 'user_activity')
  })

  it('[§7] writes no token to a log', async () => {
    using client = await enter(ann)
    await client.close()
    await refused(`/ws/chat/9999?token=${ann.token}`)
    assert.ok(!server.logged.join('').includes(ann.token))
  })

  it('[§0 limits] refuses one connection more than an account may have', async () => {
    await using limited = await startTestServer({ limits: { connectionsPerAccount: 1 } })
    const carl = await newcomer(limited, 'carl')
    const id = await roomOf(limited, carl)
    using first = await ContractClient.open(limited, `/ws/chat/${id}?token=${carl.token}`)
    await first.next()
    const { status, headers } = await refusal(limited, `/ws/chat/${id}?token=${carl.token}`)
    assert.equal(status, 429)
    assert.match(headers['retry-after'] ?? '', /^\d+$/)
    await first.close()
  })
})

describe('coming and going', () => {
  it('[004 WS user_activity joined] everyone hears of each new connection, itself included', async () => {
    using one = await open(ann)
    const { timestamp: at, ...frame } = await one.next()
    assert.deepEqual(frame, { type: 'user_activity', user_id: ann.id, action: 'joined' })
    assert.match(at, timestamp)
    using two = await enter(ben)
    assert.deepEqual(brief(await one.next()), [ben.id, 'joined'])
    using three = await enter(ann)
    for (const client of [one, two]) assert.deepEqual(brief(await client.next()), [ann.id, 'joined'])
    assert.deepEqual(await untilMarker(three), [])
  })

  it('[004 WS user_activity left] the room hears when the last connection of an account has gone', async () => {
    using watching = await enter(ann)
    using one = await enter(ben)
    using two = await enter(ben)
    await watching.take(2)
    await one.close()
    assert.deepEqual(await untilMarker(watching), [])
    await two.close()
    assert.deepEqual(brief(await watching.next()), [ben.id, 'left'])
  })

  it('[004 WS user_activity left] a connection that is cut off has gone too', async () => {
    using watching = await enter(ann)
    using cut = await enter(ben)
    await watching.next()
    cut.socket.terminate()
    assert.deepEqual(brief(await watching.next()), [ben.id, 'left'])
  })

  it('[004 WS user_activity left] a native socket of the account counts as a connection to the room', async () => {
    using watching = await enter(ann)
    using talking = await NativeClient.open(server, ben)
    assert.deepEqual(brief(await watching.next()), [ben.id, 'joined'])
    using client = await enter(ben)
    await watching.next()
    await client.close()
    assert.deepEqual(await untilMarker(watching), [])
    talking.socket.close()
    assert.deepEqual(brief(await watching.next()), [ben.id, 'left'])
  })

  it('[004 leave 200] closes the sockets of who leaves with 1008, and the room hears it once', async () => {
    using watching = await enter(ann)
    using one = await enter(ben)
    using two = await enter(ben)
    await watching.take(2)
    await one.next()
    assert.equal((await post(`/${room}/leave`, ben)).status, 200)
    for (const client of [one, two]) {
      const { code, reason } = await client.closed
      assert.deepEqual([code, reason], [1008, 'not a member'])
    }
    assert.deepEqual(await untilMarker(watching), [[ben.id, 'left']])
    assert.equal((await refusal(server, `/ws/chat/${room}?token=${ben.token}`)).status, 403)
  })

  it('[004 leave 200] leaves the sockets of other rooms alone', async () => {
    const left = room
    room = await roomOf(server, ann, ben)
    using client = await enter(ben)
    assert.equal((await post(`/${left}/leave`, ben)).status, 200)
    assert.deepEqual(await untilMarker(client), [])
  })

  for (const [what, method, path] of [
    ['removed', 'DELETE', () => `/rooms/${room}/members/${ben.id}`],
    ['banned', 'PUT', () => `/rooms/${room}/bans/${ben.id}`],
  ] as const) {
    it(`[§6 leaves] who is ${what} natively has left: told once, silenced and closed`, async () => {
      using watching = await enter(ann)
      using client = await enter(ben)
      await watching.next()
      const answer = await native(method, path(), ann)
      assert.equal(answer.status, 204, answer.text)
      assert.equal((await client.closed).code, 1008)
      assert.deepEqual(await untilMarker(watching), [[ben.id, 'left']])
    })
  }

  it('[004 POST /api/logout 200] the room hears that the connections of an ended session are lost', async () => {
    const second = { ...ben, token: await logIn(server, ben.name) }
    using watching = await enter(ann)
    using client = await enter(second)
    await watching.next()
    await ask(server, 'POST', '/api/logout', { token: second.token })
    assert.equal((await client.closed).code, 1008)
    assert.deepEqual(brief(await watching.next()), [ben.id, 'left'])
  })
})

describe('messages', () => {
  it('[004 WS new_message] reaches everyone, the sender included, and is kept', async () => {
    using one = await enter(ann)
    using two = await enter(ben)
    await one.next()
    two.send({ text: 'hammad here, how are you all' })
    const frame = await one.next()
    assert.deepEqual(await two.next(), frame)
    const { id, created_at, ...rest } = frame
    assert.deepEqual(rest, {
      type: 'new_message',
      text: 'hammad here, how are you all',
      sender_id: ben.id,
      sender_username: 'ben',
      room_id: room,
    })
    assert.match(created_at, timestamp)
    const { body } = await ask(server, 'GET', `/api/chat/rooms/${room}/messages`, { token: ann.token })
    assert.deepEqual(body, [{ id, text: rest.text, sender_id: ben.id, room_id: room, created_at }])
  })

  it('[004 WS new_message] keeps the order of one sender, mentions among it', async () => {
    using client = await enter(ann)
    const texts = Array.from({ length: 100 }, (_, index) => (index % 3 === 0 ? `@ben ${index}` : `${index}`))
    for (const text of texts) client.send({ text })
    const frames = await client.take(texts.length)
    assert.deepEqual(
      frames.map(({ text }) => text),
      texts,
    )
  })

  it('[004 WS new_message] what is sent before the greeting is not lost', async () => {
    const client = new ContractClient(server, `/ws/chat/${room}?token=${ann.token}`)
    client.socket.on('open', () => client.send({ text: 'early' }))
    const frames = await client.take(2)
    assert.deepEqual(frames.map(brief), [
      [ann.id, 'joined'],
      [ann.id, 'early'],
    ])
    await client.close()
  })

  it('[004 WS ignored] a text that is empty or missing is ignored', async () => {
    using client = await enter(ann)
    for (const frame of [{ text: '' }, {}, { text: null }, { Text: 'x' }, { message: 'x' }])
      client.send(frame)
    assert.deepEqual(await untilMarker(client), [])
  })

  it('[004 WS error] what is not JSON, or no object, is answered with an error frame; the socket stays', async () => {
    using client = await enter(ann)
    using other = await enter(ben)
    await client.next()
    for (const frame of ['hello', '', '{', '[]', '"text"', '5', 'null', '{"text":"x"', '\ufeff{}', 'NaN']) {
      client.send(frame)
      assert.deepEqual(await client.next(), { type: 'error', message: 'Invalid JSON format' }, frame)
    }
    assert.deepEqual(await untilMarker(other, client), [])
  })

  it('[004 WS error] a text that is no string is answered with an error frame', async () => {
    using client = await enter(ann)
    for (const text of [5, true, false, 0, ['a'], { $regex: '.' }]) {
      client.send({ text })
      assert.deepEqual(await client.next(), { type: 'error', message: 'text must be a string' })
    }
    client.send(
      '{"text":'
        .padEnd(20_000, '[')
        .padEnd(40_000 - 8, ']')
        .concat('}'),
    )
    assert.equal((await client.next()).type, 'error')
    client.send('{"__proto__":{"text":"inherited"}}')
    client.send('{"constructor":1,"toString":2,"text":"own"}')
    assert.deepEqual(brief(await client.next()), [ann.id, 'own'])
  })

  it('[§0 a frame] any text that fits a frame is taken; a byte more closes with 1009', async () => {
    using client = await enter(ann)
    const longest = 'x'.repeat(65_536 - '{"text":""}'.length)
    client.send({ text: longest })
    assert.equal((await client.next()).text, longest)
    client.send({ text: `${longest}x` })
    assert.equal((await client.closed).code, 1009)
  })

  it('[§0 a frame] a binary frame closes with 1003', async () => {
    using client = await enter(ann)
    client.socket.send(Buffer.from('{"text":"x"}'))
    assert.equal((await client.closed).code, 1003)
  })

  it('[§0 a frame] text of every kind comes back as it was, half a surrogate pair and U+0000 as a replacement', async () => {
    using client = await enter(ann)
    for (const text of ['<script>', '  ', '\u0007', '👩🏽‍🚀', '\u202e', "'; drop table users; --", '0']) {
      client.send({ text })
      assert.equal((await client.next()).text, text)
    }
    client.send('{"text":"\\u0000"}')
    assert.equal((await client.next()).text, '\ufffd')
    client.send('{"text":"a\\ud800b"}')
    assert.equal((await client.next()).text, 'a\ufffdb')
  })

  it('[§0 limits] too many messages are answered with an error frame', async () => {
    await using limited = await startTestServer({ limits: { messagesPerSecond: 1 } })
    const carl = await newcomer(limited, 'carl')
    const id = await roomOf(limited, carl)
    using client = await ContractClient.open(limited, `/ws/chat/${id}?token=${carl.token}`)
    for (let index = 0; index < 4; index += 1) client.send({ text: `${index}` })
    const frames = await client.until(({ type }) => type === 'error')
    assert.equal(frames.at(-1).message, 'Too many messages. Try again in a moment.')
    assert.equal(client.socket.readyState, client.socket.OPEN)
  })

  it('[§0 limits] too many frames are answered with an error frame', async () => {
    await using limited = await startTestServer({ limits: { requestsPerMinute: 10 } })
    const carl = await newcomer(limited, 'carl')
    const id = await roomOf(limited, carl)
    using client = await ContractClient.open(limited, `/ws/chat/${id}?token=${carl.token}`)
    for (let index = 0; index < 11; index += 1) client.send({})
    const frames = await client.until(({ type }) => type === 'error')
    assert.equal(frames.at(-1).message, 'Too many requests. Try again after the time given.')
  })

  it('[§0 malformed frame] who is muted is told why, in an error frame', async () => {
    using client = await enter(ben)
    await native('PUT', `/rooms/${room}/members/${ben.id}/mute`, ann, { body: { forMs: 60_000 } })
    client.send({ text: 'hush' })
    assert.deepEqual(await client.next(), { type: 'error', message: 'You are muted in this room.' })
  })
})

it('[§0 a crash or 500] the server closes its sockets with 1001 when it goes', async () => {
  const leaving = await startTestServer()
  const carl = await newcomer(leaving, 'carl')
  const id = await roomOf(leaving, carl)
  using client = await ContractClient.open(leaving, `/ws/chat/${id}?token=${carl.token}`)
  await client.next()
  await leaving[Symbol.asyncDispose]()
  assert.equal((await client.closed).code, 1001)
})
