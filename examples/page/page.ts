/**
 * A page that chats in one room as a guest; what it had shows at once when it is loaded again, offline too.
 * Bundle it and serve it next to `index.html`: `esbuild examples/page/page.ts --bundle --format=esm --outfile=page.js`.
 * Open it as `/?server=http://127.0.0.1:8000&room=1`; the server's ALLOWED_ORIGINS names the page's own.
 */
import { createClient } from '@parlance/client'
import { roomCache } from '@parlance/client/cache'
import { displayName } from '@parlance/client/names'

const asked = new URLSearchParams(location.search)
const id = Number(asked.get('room'))
const storage = {
  get: (key: string) => localStorage.getItem(key),
  set: (key: string, value: string) => localStorage.setItem(key, value),
  delete: (key: string) => localStorage.removeItem(key),
}
const client = createClient({
  url: asked.get('server') ?? location.origin,
  storage,
  cache: roomCache(storage),
})

function show(): void {
  const { connection, account } = client.getSnapshot()
  const { timeline, pending = [] } = client.room(id)?.getSnapshot() ?? {}
  const me = account === null ? '' : displayName(account)
  const lines = [
    ...Array.from(timeline?.messages ?? [], ({ author, text }) => `${displayName(author)}: ${text}`),
    ...pending.map(({ text, state }) => `${me}: ${text} (${state.kind})`),
  ]
  document.querySelector('p')?.replaceChildren(`${me}, ${connection.kind}`)
  document
    .querySelector('ol')
    ?.replaceChildren(
      ...lines.map((line) => Object.assign(document.createElement('li'), { textContent: line })),
    )
}

document.querySelector('form')?.addEventListener('submit', (event) => {
  event.preventDefault()
  const input = document.querySelector('input')
  if (input === null) return
  void client.room(id)?.send(input.value)
  input.value = ''
})

/** A name of one's own: guests who are there at the same time have different ones. */
function someone(): string {
  return `somebody-${crypto.randomUUID().slice(0, 4)}`
}

client.subscribe(show)
await client.restore()
if (client.getSnapshot().account === null) await client.guest({ name: asked.get('name') ?? someone() })
if (client.room(id) === undefined) {
  await client.connect()
  await client.request({ type: 'room.join', room: id })
}
client.room(id)?.subscribe(show)
void client.room(id)?.open()
show()
await client.connect()
