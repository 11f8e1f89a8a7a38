import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { openSqliteStore } from '../src/store/sqlite.ts'
import { describeStore } from './contracts/describe-store.ts'

const folder = await mkdtemp(join(tmpdir(), 'parlance-store-'))
after(() => rm(folder, { recursive: true }))
let files = 0

describeStore('SQLite in memory', () => openSqliteStore(':memory:'))
describeStore('SQLite in a file', () => openSqliteStore(join(folder, `${++files}.db`)))
