import { common } from './en/common.ts'
import { composer } from './en/composer.ts'
import { errors } from './en/errors.ts'
import { keys } from './en/keys.ts'
import { messages } from './en/messages.ts'
import { offline } from './en/offline.ts'
import { rooms } from './en/rooms.ts'
import { timeline } from './en/timeline.ts'

/** What the app says, in English: the catalogue that the others follow. What the settings and the sheet of keys say comes with their code. */
export const en = { common, composer, errors, keys, messages, offline, rooms, timeline }
