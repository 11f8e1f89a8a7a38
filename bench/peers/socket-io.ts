// Stock Socket.IO, as its documentation shows: https://socket.io/docs/v4/rooms/.
import { createServer } from 'node:http'
import { Server } from 'socket.io'

const http = createServer()
const io = new Server(http)

io.on('connection', (socket) => {
  const room = String(socket.handshake.query.room)
  void socket.join(room)
  socket.on('message', (message) => {
    io.to(room).emit('message', message)
  })
})

http.listen(Number(process.env.PORT), '127.0.0.1')
