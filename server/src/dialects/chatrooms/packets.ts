/** An event as a whole Engine.IO packet: message, Socket.IO event, JSON. */
export function eventPacket(name: string, data: object): string {
  return `42["${name}",${JSON.stringify(data)}]`
}

/** The answer to an event, with one argument or none. */
export function ackPacket(id: number, data?: object): string {
  return `43${id}[${data === undefined ? '' : JSON.stringify(data)}]`
}
