import { once } from 'node:events'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'
import { ask } from './rest.ts'

/** Somebody who sends one message after the other, whatever happens, until the server ends it. */
export interface Sender {
  /** The texts that were answered. */
  readonly answered: ReadonlySet<string>
  readonly ended: Promise<void>
}

interface Where {
  readonly url: string
  readonly token: string
  readonly room: number
  readonly name: string
  /** Called with each answer. */
  onAnswer(): void
}

/** Sends on a WebSocket, so many at once, in the frames that `frame` makes; `answerOf` finds texts that were answered. */
async function onSocket(
  { url, name, onAnswer }: Where,
  path: string,
  hello: object | undefined,
  frame: (text: string, ref: number) => string,
  answerOf: (data: string) => readonly string[],
  window = 40,
): Promise<Sender> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`)
  socket.on('error', () => {})
  await once(socket, 'open')
  const answered = new Set<string>()
  let sent = 0
  const send = () => {
    sent += 1
    socket.send(frame(`${name}-${sent}`, sent))
  }
  socket.on('message', (data) => {
    for (const text of answerOf(String(data))) {
      if (!text.startsWith(`${name}-`)) continue
      answered.add(text)
      onAnswer()
      if (socket.readyState === WebSocket.OPEN) send()
    }
  })
  const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()))
  if (hello !== undefined) {
    socket.send(JSON.stringify(hello))
    await once(socket, 'message')
  }
  for (let i = 0; i < window; i += 1) send()
  return { answered, ended }
}

/** `window`: how many are under way at once. */
export function nativeSender(where: Where, window: number): Promise<Sender> {
  const { token, room, name } = where
  return onSocket(
    where,
    '/v1/socket',
    { type: 'hello', token },
    (text, ref) => JSON.stringify({ type: 'message.send', ref, room, text }),
    (data) => [...data.matchAll(/"type":"reply","ref":(\d+),"ok":true/g)].map(([, ref]) => `${name}-${ref}`),
    window,
  )
}

/** By 002: the sender hears its own message, and that is the answer. */
export function authSender(where: Where): Promise<Sender> {
  const { token, room } = where
  return onSocket(
    where,
    `/ws/auth?token=${token}`,
    undefined,
    (content) => JSON.stringify({ type: 'message', room_id: room, content }),
    (data) => [...data.matchAll(/"content":"([^"]+)"/g)].map(([, text = '']) => text),
  )
}

/** By 004: as by 002. */
export function envelopeSender(where: Where): Promise<Sender> {
  const { token, room } = where
  return onSocket(
    where,
    `/ws/chat/${room}?token=${token}`,
    undefined,
    (text) => JSON.stringify({ type: 'message', text }),
    (data) => [...data.matchAll(/"text":"([^"]+)"/g)].map(([, text = '']) => text),
  )
}

/** By 003, each message with an acknowledgement. */
export async function packetSender(
  { url, room, name, onAnswer }: Where,
  transport: 'polling' | 'websocket',
): Promise<Sender> {
  const socket = io(url, { transports: [transport], forceNew: true, reconnection: false })
  await new Promise<void>((resolve) => socket.once('connect', resolve))
  const answered = new Set<string>()
  let sent = 0
  const send = () => {
    sent += 1
    const message = `${name}-${sent}`
    socket.emit('send_message', { room_id: room, sender: name, message }, (answer: { error?: string }) => {
      if (answer.error !== undefined) return
      answered.add(message)
      onAnswer()
      if (socket.connected) send()
    })
  }
  const ended = new Promise<void>((resolve) => socket.on('disconnect', () => resolve()))
  for (let i = 0; i < 20; i += 1) send()
  return { answered, ended }
}

/** By REST, one request after the other. */
export function restSender({ url, token, room, name, onAnswer }: Where): Sender {
  const answered = new Set<string>()
  const run = async () => {
    for (let i = 1; ; i += 1) {
      const text = `${name}-${i}`
      const path = `/v1/rooms/${room}/messages`
      const answer = await ask({ url }, 'POST', path, { token, body: { text } }).catch(() => undefined)
      if (answer === undefined) return
      if (answer.status !== 201) continue
      answered.add(text)
      onAnswer()
    }
  }
  return { answered, ended: run() }
}
