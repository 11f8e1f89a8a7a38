import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { openSqliteStore } from '../../src/store/sqlite.ts'
import { openTown } from '../contracts/store/town.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

test('[ST6] a deleted text is in no row of any table, and in no byte of the closed file', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'a.db')
  {
    await using town = await openTown(() => openSqliteStore(path))
    const ann = await town.account('ann')
    const room = await town.room(ann)
    for (let n = 0; n < 50; n += 1) {
      const { message } = await town.send(room, ann, `canary ${'long '.repeat(n * 20)}`, { nonce: `n${n}` })
      const by = { room, actor: ann, message }
      await town.ok({ type: 'message.edit', ...by, at: town.at(), text: 'second canary', mentions: [] })
      await town.send(room, ann, 'this one stays')
      await town.ok({ type: 'message.delete', ...by, at: town.at() })
    }
  }
  const database = new DatabaseSync(path)
  const tables = database.prepare(`select name from sqlite_schema where type = 'table'`).all()
  const rows = tables
    .map(({ name }) => JSON.stringify(database.prepare(`select * from "${name}"`).all()))
    .join()
  database.close()
  assert.equal(rows.includes('this one stays'), true)
  assert.equal(rows.includes('canary'), false)
  assert.equal((await readFile(path)).includes('canary'), false)
})
