import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isReservedName, looksLikeGuest, normalizeName } from '@parlance/protocol/names'
import fc from 'fast-check'
import { nameFault } from '../../src/chat/names.ts'
import { Passwords } from '../../src/chat/passwords.ts'
import { checkPassword } from '../../src/chat/sessions.ts'
import { openSqliteStore } from '../../src/store/sqlite.ts'
import { chatOver } from '../support/chat-over.ts'
import { NativeClient } from '../support/native-client.ts'
import { type Answer, ask, assertProblem } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'
import { sendForm } from '../support/token-chat.ts'

let server: TestServer

before(async () => {
  server = await startTestServer()
})

after(() => server[Symbol.asyncDispose]())

const post = (path: string, body: object) => ask(server, 'POST', path, { body })

/** A door by which accounts are made: what it answers, and to a name or an address that is taken. */
interface Door {
  readonly name: string
  readonly created: number
  register(name: string, email: string | undefined, password: string): Promise<Answer>
  assertTaken(answer: Answer, what: 'name' | 'email'): void
  /** Whether it takes a name that is no word with dots, dashes and underscores. */
  readonly loose: boolean
}

const doors: readonly Door[] = [
  {
    name: 'POST /v1/accounts',
    created: 201,
    register: (name, email, password) => post('/v1/accounts', { name, password, ...(email && { email }) }),
    assertTaken: (answer, what) => assertProblem(answer, 409, `${what}_taken`),
    loose: false,
  },
  {
    name: 'POST /api/users/',
    created: 200,
    register: (username, email, password) =>
      post('/api/users/', { username, email: email ?? `e${++addresses}@example.org`, password }),
    assertTaken: ({ status, body }, what) =>
      assert.deepEqual(
        [status, body],
        [400, { detail: what === 'name' ? 'Username already registered' : 'Email already registered' }],
      ),
    loose: true,
  },
  {
    name: 'POST /api/register',
    created: 200,
    register: (username, email, password) =>
      post('/api/register', { username, email: email ?? `e${++addresses}`, password }),
    assertTaken: ({ status, body }, what) =>
      assert.deepEqual(
        [status, body.success, body.message],
        [400, false, what === 'name' ? 'Username already exists' : 'Email already exists'],
      ),
    loose: true,
  },
]
let addresses = 0

/** Every door to log in by; each gives the status. */
async function logInEverywhere(username: string, password: string): Promise<readonly number[]> {
  const answers = await Promise.all([
    post('/v1/sessions', { name: username, password }),
    sendForm(server, '/api/token', { username, password }),
    post('/api/token', { username, password }),
    post('/api/login', { username, password }),
    sendForm(server, '/api/login', { username, password }),
  ])
  return answers.map(({ status }) => status)
}

const isIn = [201, 200, 200, 200, 200]
const isOut = [401, 401, 401, 401, 401]

let people = 0

for (const door of doors) {
  test(`[AC20] ${door.name}: a name may not be another’s e-mail address, nor an address another’s name`, async () => {
    const n = ++people
    const vic = `vic${n}`
    const email = `Vic${n}@Example.com`
    assert.equal((await door.register(vic, email, 'correct horse')).status, door.created)
    for (const other of doors) {
      for (const name of [email, email.toLowerCase(), `vic${n}@EXAMPLE.com`]) {
        if (other.loose) other.assertTaken(await other.register(name, undefined, 'another horse'), 'name')
      }
      for (const address of [email.toLowerCase(), `vic${n}@EXAMPLE.COM`, email]) {
        other.assertTaken(await other.register(`x${++people}`, address, 'another horse'), 'email')
      }
      for (const name of [vic.toUpperCase(), `ｖ${vic.slice(1)}`, ` ${vic} `]) {
        other.assertTaken(await other.register(name, undefined, 'another horse'), 'name')
      }
    }
    // Contract 004 takes any string as an address: another's name is none.
    const fourth = doors[2]
    fourth?.assertTaken(await fourth.register(`y${++people}`, vic.toUpperCase(), 'another horse'), 'email')
    for (const login of [vic, email, email.toUpperCase()]) {
      assert.deepEqual(await logInEverywhere(login, 'correct horse'), isIn, login)
      assert.deepEqual(await logInEverywhere(login, 'another horse'), isOut, login)
    }
  })

  test(`[AC21] ${door.name}: what one registered with logs in at every door, and so does every spelling`, async () => {
    const n = ++people
    const name = ` ju\u0308rgen${n}ß `
    const password = 'pa\u0308ssw\u00f6rd\u00a0x'
    const made = await door.register(name, `Jürgen${n}@Example.com`, password)
    // The native door takes addresses of ASCII only.
    const isMade =
      made.status === door.created || (await door.register(name, undefined, password)).status === door.created
    assert.ok(isMade, made.text)
    const names = [name, `jürgen${n}ß`, `JÜRGEN${n}SS`, `ju\u0308rgen${n}ẞ`, `jürgen\u200b${n}ß`]
    for (const spelling of names) assert.deepEqual(await logInEverywhere(spelling, password), isIn, spelling)
    for (const typed of ['pässwörd x', 'pa\u0308sswo\u0308rd x', 'pässwo\u0308rd\u3000x']) {
      assert.deepEqual(await logInEverywhere(name, typed), isIn, typed)
    }
    for (const wrong of ['Pässwörd x', 'password x', 'pässwördx', 'pässwörd x ']) {
      assert.deepEqual(await logInEverywhere(name, wrong), isOut, wrong)
    }
  })

  test(`[AC22] ${door.name}: no name is invisible, a twin, or the server’s`, async () => {
    const n = ++people
    assert.equal((await door.register(`ann${n}`, undefined, 'correct horse')).status, door.created)
    const unseen = [
      '\u3164',
      '\u115f',
      '\u1160',
      '\uffa0',
      '\u200b',
      '\u2800',
      '\u0301',
      '\u3164\u3164',
      '\ufe0f',
      '\u00ad',
    ]
    const broken = [
      'a\u2028b',
      'a\u2029b',
      'a\u202eb',
      'a\u2066b',
      'a\ufff9b',
      'a\ue000b',
      'a\ufdd0b',
      'a\u0007b',
    ]
    const reserved = [
      'ſystem',
      'gueſt',
      'sYstem',
      'ｓerver',
      'sys\u034ftem',
      'deleted uſer',
      'ann (guest)',
      'ann (Gast)',
    ]
    for (const name of [...unseen, ...broken, ...reserved]) {
      const { status, text } = await door.register(name, undefined, 'correct horse')
      assert.equal(status, door.loose ? 422 : 400, `${JSON.stringify(name)}: ${text}`)
    }
    for (const twin of [`ann\u034f${n}`, `ann${n}\u3164`, `a\u00adnn${n}`, `ANN${n}`, `ａnn${n}`]) {
      const answer = await door.register(twin, undefined, 'correct horse')
      if (door.loose || !/[\u034f\u3164\u00ad]/.test(twin)) door.assertTaken(answer, 'name')
      else assertProblem(answer, 400, 'bad_request')
    }
  })
}

test('[AC20] one’s own address may be one’s own name', async () => {
  for (const [door = doors[0], name, email] of [
    [doors[2], 'hammad', 'Hammad'],
    [doors[1], 'me@example.net', 'Me@example.NET'],
  ] as const) {
    assert.equal((await door?.register(name, email, 'correct horse'))?.status, 200)
    assert.deepEqual(await logInEverywhere(email, 'correct horse'), isIn)
  }
})

test('[AC20] an address is kept as it was written, its domain in lower case', async () => {
  const native = await post('/v1/accounts', {
    name: 'eve',
    password: 'correct horse',
    email: 'Eve.X@Example.COM',
  })
  assert.equal(native.body.account.email, 'Eve.X@example.com')
  const second = await post('/api/users/', { username: 'eva', email: ' Eva.X@Example.COM ', password: 'p' })
  assert.equal(second.body.email, 'Eva.X@example.com')
  const fourth = await post('/api/register', { username: 'evi', email: 'Evi.X@Example.COM', password: 'p' })
  assert.equal(fourth.body.email, 'Evi.X@example.com')
})

test('[AC21] a password is changed and asked for in any spelling of it', async () => {
  const { body } = await post('/v1/accounts', { name: 'pia', password: 'pa\u0308sswo\u0308rd' })
  const change = (password: string, newPassword: string) =>
    ask(server, 'PUT', '/v1/account/password', { token: body.token, body: { password, newPassword } })
  assertProblem(await change('pässwörd', 'e\u0301'.repeat(7)), 400, 'bad_request')
  assertProblem(
    await post('/v1/accounts', { name: 'pim', password: 'e\u0301'.repeat(7) }),
    400,
    'bad_request',
  )
  assert.equal((await change('pässwörd', 'neu\u00a0pa\u0308ss')).status, 204)
  assert.deepEqual(await logInEverywhere('PIA', 'neu päss'), isIn)
  assert.deepEqual(await logInEverywhere('pia', 'pässwörd'), isOut)
  const gone = await ask(server, 'DELETE', '/v1/account', {
    token: body.token,
    body: { password: 'neu pa\u0308ss' },
  })
  assert.equal(gone.status, 204)
  // Name and spellings are free again.
  assert.equal((await post('/v1/accounts', { name: 'Pia', password: 'correct horse' })).status, 201)
})

test('[AC21] a hash that was made of a password as it was typed is good, and made anew', async () => {
  await using store = await openSqliteStore(':memory:')
  const chat = chatOver(store)
  const raw = 'pa\u0308sswo\u0308rd'
  const passwordHash = await new Passwords().hash(raw)
  await store.users.create({
    name: 'old',
    kind: 'user',
    email: null,
    passwordHash,
    at: chat.clock.timestamp(),
  })
  const actor = { kind: 'anonymous', id: null, name: '', address: '192.0.2.1' } as const
  const isRight = async (password: string) => !('ok' in (await checkPassword(chat, actor, 'OLD', password)))
  assert.equal(await isRight('pässwörd'), false)
  assert.equal(await isRight(raw), true)
  assert.equal(await isRight('pässwörd'), true)
  assert.equal(await isRight(raw), true)
})

test('[AC21] whatever name is accepted leads to its account, in every form and case, with or without what is not drawn', async () => {
  await using store = await openSqliteStore(':memory:')
  const unit = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    fc.constantFrom(
      'ß',
      'ς',
      'Σ',
      'İ',
      'ü',
      'u\u0308',
      'ſ',
      'Ａ',
      '\u034f',
      '\u200d',
      '\u00a0',
      'é',
      '한',
      'ﬁ',
      'a',
      'B',
    ),
  )
  const name = fc
    .string({ unit, minLength: 1, maxLength: 12 })
    .map(normalizeName)
    .filter((name) => {
      return nameFault(name) === undefined && !isReservedName(name) && !looksLikeGuest(name)
    })
  await fc.assert(
    fc.asyncProperty(name, async (name) => {
      const made = await store.users.create({
        name,
        kind: 'user',
        email: null,
        passwordHash: 'h',
        at: '2026-01-01T00:00:00.000Z',
      })
      if (!made.ok) return // Another run's name, in another spelling.
      assert.equal(made.user.name, name)
      const spellings = [
        name,
        name.normalize('NFD'),
        name.normalize('NFKC'),
        name.toLowerCase(),
        ` ${name}\u200b`,
        Array.from(name).join('\u2060'),
      ]
      if (!/ı|\u0345/.test(name.normalize('NFD'))) spellings.push(name.toUpperCase())
      for (const spelling of spellings) {
        assert.equal((await store.users.byLogin(spelling))?.id, made.user.id, JSON.stringify(spelling))
      }
    }),
  )
})

test('[AC22] rooms: none invisible, no twins, whoever makes them', async () => {
  const { body } = await post('/v1/accounts', { name: 'rob', password: 'correct horse' })
  const { token } = body
  const native = (name: string) => ask(server, 'POST', '/v1/rooms', { token, body: { name } })
  const second = (name: string) => ask(server, 'POST', '/api/rooms/', { token, body: { name } })
  const third = (name: string) => post('/chatrooms', { name })
  const fourth = (name: string) => ask(server, 'POST', '/api/chat/rooms', { token, body: { name } })
  for (const name of ['\u3164', '\u115f', '\u200b', '\u2800', 'a\u2028b', 'a\u202eb', '\u0301']) {
    assertProblem(await native(name), 400, 'bad_request')
    for (const make of [second, third, fourth])
      assert.equal((await make(name)).status, 422, JSON.stringify(name))
  }
  assert.equal((await native('Straße 1')).status, 201)
  for (const twin of ['STRASSE 1', 'straße\u00a01', 'Stra\u00adße 1', 'Ｓtraße  1', 'Straße 1\u3164']) {
    assertProblem(await native(twin), 409, 'name_taken')
    assert.deepEqual((await second(twin)).body, { detail: 'Room name already exists' })
    assert.equal((await third(twin)).status, 400)
  }
  // Contract 004 repeats names.
  assert.equal((await fourth('STRASSE 1')).status, 200)
  const { body: room } = await native('Allee')
  const rename = (name: string) => ask(server, 'PATCH', `/v1/rooms/${room.id}`, { token, body: { name } })
  assertProblem(await rename('straße 1'), 409, 'name_taken')
  assertProblem(await rename('\u2800'), 400, 'bad_request')
  assert.equal((await rename('ALLEE')).status, 200)
})

test('[AC23] a guest takes no account’s name and no other guest’s; an account may take a guest’s', async () => {
  await post('/api/register', { username: 'Dora', email: 'dd', password: 'p' })
  const guest = (name: string) => post('/v1/guests', { name })
  for (const name of ['dora', 'DORA', 'ｄora', 'dd']) assertProblem(await guest(name), 409, 'name_taken')
  const { body } = await guest('gil')
  assertProblem(await guest('Gil'), 409, 'name_taken')
  assert.equal((await post('/v1/accounts', { name: 'Gil', password: 'correct horse' })).status, 201)
  for (const name of ['ſystem', 'gueſt', 'a\u034fnn', '\u3164', 'a\u2028b']) {
    assertProblem(await guest(name), 400, 'bad_request')
  }
  // The wire tells both by their plain names, and which of them is the guest.
  using socket = await NativeClient.open(server, { token: body.token })
  const room = await socket.do('room.create', { name: 'of gil', visibility: 'open' })
  const sent = await socket.do('message.send', { room: room.id, text: 'hi' })
  assert.deepEqual([sent.author.name, sent.author.kind], ['gil', 'guest'])
})

test('[AC22] what a claimed name cannot be becomes guest; it may be anybody’s', async () => {
  const { body: room } = await post('/chatrooms', { name: 'claims' })
  const say = async (sender: string) =>
    (await post(`/chatrooms/${room.id}/messages`, { sender, message: 'hi' })).body.sender
  for (const claim of [
    '\u3164',
    '\u2800',
    '\u200b',
    'ſystem',
    'sYstem',
    'gueſt',
    'ｓerver',
    'sys\u00adtem',
    '\u0301',
  ]) {
    assert.equal(await say(claim), 'guest', JSON.stringify(claim))
  }
  assert.equal(await say('a\u2028b\u202ec'), 'abc')
  assert.equal(await say(' Dora '), 'Dora')
})
