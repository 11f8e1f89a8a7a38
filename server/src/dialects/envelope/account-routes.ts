import { normalizeEmail, normalizeName } from '@parlance/protocol/names'
import type { FastifyInstance } from 'fastify'
import { register, removeAccount } from '../../chat/accounts.ts'
import { endSession, logIn } from '../../chat/sessions.ts'
import { readBody } from '../contract/bodies.ts'
import type { ContractContext } from '../contract/context.ts'
import { Fields } from '../contract/fields.ts'
import { anonymous, requireAccount, sendFailure, sendInvalid } from '../contract/http.ts'
import { accountName } from '../contract/names.ts'
import { sendRefusal, sendSuccess } from './reply.ts'

/** Accounts and log-ins (contracts.md §5). Any string is an e-mail address here, and any is a password. */
export function accountRoutes(app: FastifyInstance, context: ContractContext): void {
  const { chat } = context

  app.post('/api/register', async (request, reply) => {
    const fields = new Fields(readBody(request))
    const name = accountName(fields, 'username')
    const email = normalizeEmail(fields.string('email'))
    const password = fields.string('password')
    if (fields.faults.length > 0) return sendInvalid(reply, fields.faults)
    const user = await register(chat, anonymous(context, request), { name, email, password })
    if (!('ok' in user)) return reply.send({ id: user.id, username: user.name, email })
    if (user.code === 'name_taken') return sendRefusal(reply, 400, 'Username already exists')
    if (user.code === 'email_taken') return sendRefusal(reply, 400, 'Email already exists')
    return sendFailure(reply, user)
  })

  app.post('/api/login', async (request, reply) => {
    const fields = new Fields(readBody(request))
    const name = normalizeName(fields.string('username'))
    const password = fields.string('password')
    if (fields.faults.length > 0) return sendInvalid(reply, fields.faults)
    const granted = await logIn(chat, anonymous(context, request), { name, password })
    if (granted.ok) {
      const data = { access_token: granted.data.token, token_type: 'bearer' }
      return reply.send({ success: true, message: 'Login successful', data, ...data })
    }
    if (granted.code !== 'bad_credentials') return sendFailure(reply, granted)
    return sendRefusal(reply.header('www-authenticate', 'Bearer'), 401, 'Invalid credentials')
  })

  app.post('/api/logout', async (request, reply) => {
    const actor = await requireAccount(context, request, reply)
    if (actor === undefined) return reply
    // A log-out that another one has overtaken has what it wanted.
    await endSession(chat, actor, actor.session)
    return sendSuccess(reply, 'Successfully logged out')
  })

  app.delete('/api/delete', async (request, reply) => {
    const actor = await requireAccount(context, request, reply)
    if (actor === undefined) return reply
    await removeAccount(chat, actor)
    return sendSuccess(reply, `User '${actor.name}' deleted successfully`)
  })
}
