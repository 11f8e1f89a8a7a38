import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Standings } from '../../src/chat/standings.ts'
import { systemClock } from '../../src/ports/clock.ts'
import type { Standing } from '../../src/ports/store.ts'

test('[CO8] who asks for a standing that is being read waits for it with the others: nobody overtakes', async () => {
  const reads: ((standing: Standing | undefined) => void)[] = []
  const rooms = { standing: () => new Promise<Standing | undefined>((resolve) => reads.push(resolve)) }
  const standings = new Standings(rooms, systemClock)
  const order: string[] = []
  const first = standings.read(1, 1).then(() => order.push('first'))
  const second = standings.read(1, 1).then(() => order.push('second'))
  assert.equal(reads.length, 1)
  assert.equal(standings.peek(1, 1), undefined)
  reads[0]?.(undefined)
  await Promise.all([first, second])
  assert.deepEqual(order, ['first', 'second'])
})
