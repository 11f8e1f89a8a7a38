// A plain `ws` server, as its documentation shows: https://github.com/websockets/ws#server-broadcast, with rooms by path.
import { WebSocket, WebSocketServer } from 'ws'

const rooms = new Map<string, Set<WebSocket>>()
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env.PORT) })

server.on('connection', (client, { url = '/' }) => {
  const room = rooms.get(url) ?? new Set()
  rooms.set(url, room)
  room.add(client)
  client.on('error', console.error)
  client.on('close', () => room.delete(client))
  client.on('message', (data, isBinary) => {
    for (const other of room) {
      if (other.readyState === WebSocket.OPEN) other.send(data, { binary: isBinary })
    }
  })
})
