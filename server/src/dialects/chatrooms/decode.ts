import { type Place, placeOf } from './place.ts'

/** What an event asks (contracts.md §4), or why it cannot be done. */
export type Request =
  | { readonly kind: 'join'; readonly place: Place; readonly username: string | undefined }
  | { readonly kind: 'leave'; readonly place: Place }
  | {
      readonly kind: 'send'
      readonly place: Place | undefined
      readonly sender: string
      readonly content: string
    }
  | { readonly kind: 'refused'; readonly error: string }

/** Undefined for events that this contract does not know: they are ignored. */
export function decode(name: string, data: unknown): Request | undefined {
  switch (name) {
    case 'join_room':
      return at(data, (place) => ({ kind: 'join', place, username: textOf(data, 'username') }))
    case 'leave_room':
      return at(data, (place) => ({ kind: 'leave', place }))
    case 'send_message': {
      const sender = textOf(data, 'sender')
      const content = textOf(data, 'message') || textOf(data, 'content')
      const room = own(data, 'room_id')
      if (sender === undefined || !content || room === undefined || room === null)
        return { kind: 'refused', error: 'Missing sender or content' }
      return { kind: 'send', place: placeOf(room), sender, content }
    }
    default:
      return undefined
  }
}

function at(data: unknown, request: (place: Place) => Request): Request {
  const place = placeOf(own(data, 'room_id'))
  return place === undefined ? { kind: 'refused', error: 'Missing room_id' } : request(place)
}

function textOf(data: unknown, key: string): string | undefined {
  const value = own(data, key)
  return typeof value === 'string' ? value.toWellFormed() : undefined
}

function own(data: unknown, key: string): unknown {
  return typeof data === 'object' && data !== null && Object.hasOwn(data, key)
    ? Reflect.get(data, key)
    : undefined
}
