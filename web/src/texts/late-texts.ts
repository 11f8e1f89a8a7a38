import { entry as germanEntry } from './de/late/entry.ts'
import { messages as germanMessages } from './de/late/messages.ts'
import { rooms as germanRooms } from './de/late/rooms.ts'
import { entry } from './en/late/entry.ts'
import { messages } from './en/late/messages.ts'
import { rooms } from './en/late/rooms.ts'
import { type Language, type Loose, type Texts, useLanguage, useTexts } from './texts.ts'

const english = { entry, messages, rooms }

/** The second part of the catalogue: what only those parts of the app say that come late. It comes with the first of them. */
export type LateTexts = Loose<typeof english>

const catalogues: Readonly<Record<Language, LateTexts>> = {
  en: english,
  de: { entry: germanEntry, messages: germanMessages, rooms: germanRooms },
}

/** Both parts of the catalogue. */
export interface AllTexts extends Texts {
  readonly entry: LateTexts['entry']
  readonly messages: Texts['messages'] & LateTexts['messages']
  readonly rooms: Texts['rooms'] & LateTexts['rooms']
}

const made = new Map<Texts, AllTexts>()

/** The whole catalogue of the language that is spoken, for parts that come late. */
export function useAllTexts(): AllTexts {
  const first = useTexts()
  const late = catalogues[useLanguage()]
  let all = made.get(first)
  if (all === undefined) {
    all = {
      ...first,
      entry: late.entry,
      messages: { ...first.messages, ...late.messages },
      rooms: { ...first.rooms, ...late.rooms },
    }
    made.set(first, all)
  }
  return all
}
