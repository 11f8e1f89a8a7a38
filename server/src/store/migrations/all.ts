import type { Kysely } from 'kysely'
import type { Tables } from '../schema.ts'
import type { Dialect } from '../sql.ts'
import { start } from './001-start.ts'
import { answered } from './002-answered.ts'
import { guestsShutOut } from './003-guests-shut-out.ts'
import { nameParts } from './004-name-parts.ts'
import { logins } from './005-logins.ts'
import { reactionsSince } from './006-reactions-since.ts'
import { lastAt } from './007-last-at.ts'

/** Hears what an operator should know of: which account was changed and why, without anything secret. */
export type MigrationNote = (fields: Readonly<Record<string, string | number>>, text: string) => void

/** One step forward; there is no way back but a backup. */
export type Migration = (db: Kysely<Tables>, dialect: Dialect, note?: MigrationNote) => Promise<void>

/** The migration at index n leads to version n + 1. What has been released is never changed, only followed. */
export const migrations: readonly Migration[] = [
  start,
  answered,
  guestsShutOut,
  nameParts,
  logins,
  reactionsSince,
  lastAt,
]
