import type { InputOf } from '@parlance/protocol/commands'
import { NativeClient } from './native-client.ts'
import { register } from './rest.ts'
import { type Overrides, startTestServer, type TestServer } from './start-server.ts'

/** A person with an account and an open socket. */
export interface Person {
  readonly id: number
  readonly name: string
  readonly token: string
  readonly socket: NativeClient
}

/** A server and people connected to it; `room` makes one of the first and lets the others join. */
export interface Company extends AsyncDisposable {
  readonly server: TestServer
  readonly people: readonly Person[]
  person(name: string): Person
  room(input?: Partial<InputOf<'room.create'>>): Promise<number>
}

let rooms = 0

export async function company(names: readonly string[], overrides: Overrides = {}): Promise<Company> {
  const server = await startTestServer(overrides)
  const people: Person[] = []
  for (const name of names) {
    const { token, account } = await register(server, name)
    people.push({ id: account.id, name, token, socket: await NativeClient.open(server, { token }) })
  }
  const person = (name: string): Person => {
    const found = people.find((one) => one.name === name)
    if (found === undefined) throw new Error(`nobody is called ${name}`)
    return found
  }
  return {
    server,
    people,
    person,
    async room(input = {}) {
      const [first, ...others] = people
      if (first === undefined) throw new Error('nobody is there to make a room')
      const { id } = await first.socket.do('room.create', { name: `room ${++rooms}`, ...input })
      for (const other of others) {
        if (input.visibility === 'private') await first.socket.do('room.invite', { room: id, user: other.id })
        else await other.socket.do('room.join', { room: id })
      }
      return id
    },
    async [Symbol.asyncDispose]() {
      for (const { socket } of people) socket.socket.terminate()
      await server[Symbol.asyncDispose]()
    },
  }
}
