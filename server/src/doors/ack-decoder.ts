import { Decoder, type Packet, PacketType } from 'socket.io-parser'

/** Stands behind the arguments of an event whose sender waits for an answer under this id. */
export class AckId {
  readonly id: number

  constructor(id: number) {
    this.id = id
  }
}

/**
 * The official decoder, but answers to events are left to us: they go through the batch, so that they keep their place
 * among what else a socket is sent. Socket.IO would write them at once, before what waits for the end of the turn.
 */
export class AckDecoder extends Decoder {
  constructor() {
    super()
    // Heard before the server's own listener, which comes later.
    this.on('decoded', takeAckId)
  }
}

function takeAckId(packet: Packet): void {
  if (packet.type !== PacketType.EVENT || packet.id === undefined || !Array.isArray(packet.data)) return
  packet.data.push(new AckId(packet.id))
  delete packet.id
}
