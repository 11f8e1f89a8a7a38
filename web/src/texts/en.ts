import { common } from './en/common.ts'
import { composer } from './en/composer.ts'
import { entry } from './en/entry.ts'
import { errors } from './en/errors.ts'
import { messages } from './en/messages.ts'
import { offline } from './en/offline.ts'
import { rooms } from './en/rooms.ts'
import { shortcuts } from './en/shortcuts.ts'
import { timeline } from './en/timeline.ts'

/** What the app says, in English: the catalogue that the others follow. What the settings say comes with their code. */
export const en = { common, composer, entry, errors, messages, offline, rooms, shortcuts, timeline }
