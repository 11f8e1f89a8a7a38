import { contractPart, list, object, text } from '../contract/openapi.ts'
import type { OpenapiPart } from '../native/openapi.ts'

/** Seeds 000 and 001 in the document (contracts.md §1, §2): their rooms are sockets, and `GET /` tells of them. */
export function namedRoomsPart(): OpenapiPart {
  return contractPart(
    '000, 001 named rooms',
    'Rooms that live while somebody is in them, as seeds 000 and 001 have them. The sockets are `/ws/{room}`, with `?username=` for JSON.',
    {
      '/': {
        get: {
          id: 'namedRooms',
          summary: 'The web app; a summary for who accepts JSON and not HTML.',
          open: true,
          answer: object({
            message: text,
            version: text,
            documentation: text,
            websocket_endpoints: list(text),
          }),
        },
      },
    },
  )
}
