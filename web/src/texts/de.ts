import { common } from './de/common.ts'
import { composer } from './de/composer.ts'
import { errors } from './de/errors.ts'
import { keys } from './de/keys.ts'
import { messages } from './de/messages.ts'
import { offline } from './de/offline.ts'
import { rooms } from './de/rooms.ts'
import { timeline } from './de/timeline.ts'
import type { Texts } from './texts.ts'

export const de: Texts = {
  common,
  composer,
  errors,
  keys,
  messages,
  offline,
  rooms,
  timeline,
}
