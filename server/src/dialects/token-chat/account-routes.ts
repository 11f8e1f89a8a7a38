import type { UserId } from '@parlance/protocol/models'
import { normalizeName } from '@parlance/protocol/names'
import type { FastifyInstance } from 'fastify'
import { register } from '../../chat/accounts.ts'
import { logIn } from '../../chat/sessions.ts'
import { readBody } from '../contract/bodies.ts'
import type { ContractContext } from '../contract/context.ts'
import { Fields } from '../contract/fields.ts'
import { anonymous, requireAccount, sendDetail, sendFailure, sendInvalid } from '../contract/http.ts'
import { accountName } from '../contract/names.ts'
import { readEmail } from './email.ts'

/** Accounts and their tokens (contracts.md §3). Any string is a password here. */
export function accountRoutes(app: FastifyInstance, context: ContractContext): void {
  const { chat } = context

  app.post('/api/token', async (request, reply) => {
    const fields = new Fields(readBody(request))
    const name = normalizeName(fields.string('username'))
    const password = fields.string('password')
    if (fields.faults.length > 0) return sendInvalid(reply, fields.faults)
    const granted = await logIn(chat, anonymous(context, request), { name, password })
    if (granted.ok) return reply.send({ access_token: granted.data.token, token_type: 'bearer' })
    if (granted.code !== 'bad_credentials') return sendFailure(reply, granted)
    return sendDetail(reply.header('www-authenticate', 'Bearer'), 401, 'Incorrect username or password')
  })

  app.post('/api/users', async (request, reply) => {
    const fields = new Fields(readBody(request))
    const name = accountName(fields, 'username')
    const email = readEmail(fields, 'email')
    const password = fields.string('password')
    if (fields.faults.length > 0) return sendInvalid(reply, fields.faults)
    const user = await register(chat, anonymous(context, request), { name, email, password })
    if (!('ok' in user)) return reply.send(accountObject(user.id, user.name, email))
    if (user.code === 'name_taken') return sendDetail(reply, 400, 'Username already registered')
    if (user.code === 'email_taken') return sendDetail(reply, 400, 'Email already registered')
    return sendFailure(reply, user)
  })

  app.get('/api/users/me', async (request, reply) => {
    const actor = await requireAccount(context, request, reply)
    if (actor === undefined) return reply
    const user = await chat.store.users.get(actor.id)
    return reply.send(accountObject(actor.id, actor.name, user?.email ?? ''))
  })
}

/** Accounts of the native API may have no e-mail: it is empty then, since clients expect a string. */
function accountObject(id: UserId, username: string, email: string) {
  return { username, email, id, is_active: true }
}
