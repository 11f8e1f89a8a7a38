/**
 * A bot in 25 lines: it rolls dice for whoever writes `!roll` in a room it was invited to, and resumes after every cut.
 * `node examples/bot.ts http://127.0.0.1:8000 dicey correct-horse`
 */
import { type Client, createClient } from '@parlance/client'
import type { ParlanceError } from '@parlance/client/errors'
import { displayName } from '@parlance/client/names'

export async function startBot(url: string, name: string, password: string): Promise<Client> {
  const bot = createClient({ url, name: 'a bot' })
  await bot.logIn({ name, password }).catch((error: ParlanceError) => {
    // Only who is not known yet registers: every other failure is told as it is.
    if (error.code !== 'bad_credentials') throw error
    return bot.register({ name, password })
  })
  bot.listen({
    event(event) {
      if (event.type !== 'message.created' || event.text !== '!roll') return
      const eyes = 1 + Math.floor(Math.random() * 6)
      void bot.room(event.room)?.send(`${displayName(event.actor)} rolls ${eyes}`, { replyTo: event.message })
    },
  })
  await bot.connect()
  return bot
}

if (import.meta.main) {
  const [url = 'http://127.0.0.1:8000', name = 'dicey', password = ''] = process.argv.slice(2)
  await startBot(url, name, password)
}
