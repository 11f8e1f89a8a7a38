import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Appended, Draft } from '../../src/ports/store.ts'
import { groupCommit } from '../../src/store/group-commit.ts'

function draft(text: string): Draft {
  const actor = { id: 1, name: 'ann' }
  return { type: 'message.send', room: 1, actor, at: '', text, nonce: null, replyTo: null, mentions: [] }
}

/** A commit that the test ends when it likes. */
function slowCommit() {
  const batches: { texts: string[]; end: PromiseWithResolvers<readonly (Appended | Error)[]> }[] = []
  let seq = 0
  return {
    batches,
    commit(drafts: readonly Draft[]) {
      const texts = drafts.map((one) => ('text' in one ? one.text : ''))
      const end = Promise.withResolvers<readonly (Appended | Error)[]>()
      batches.push({ texts, end })
      return end.promise
    },
    /** Resolves when so many commits have begun. */
    async begun(count: number) {
      while (batches.length < count) await turn()
    },
    /** Ends the commit that is under way well. */
    succeed() {
      const { texts, end } = batches.at(-1)!
      end.resolve(texts.map(() => ({ ok: true, room: 1, events: [], seq: ++seq })))
    },
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('[ST4] what comes in one turn shares a commit, what comes during it shares the next, in order', async () => {
  const slow = slowCommit()
  const { append } = groupCommit(slow)
  const first = ['a', 'b'].map((text) => append(draft(text)))
  await turn()
  const second = ['c', 'd', 'e'].map((text) => append(draft(text)))
  await turn()
  assert.deepEqual(
    slow.batches.map(({ texts }) => texts),
    [['a', 'b']],
  )
  slow.succeed()
  const seqs = async (answers: Promise<Appended>[]) =>
    (await Promise.all(answers)).map((answer) => answer.ok && answer.seq)
  assert.deepEqual(await seqs(first), [1, 2])
  await slow.begun(2)
  assert.deepEqual(
    slow.batches.map(({ texts }) => texts),
    [
      ['a', 'b'],
      ['c', 'd', 'e'],
    ],
  )
  slow.succeed()
  assert.deepEqual(await seqs(second), [3, 4, 5])
})

test('[ST2] nothing is answered before its commit has returned', async () => {
  const slow = slowCommit()
  const { append, idle } = groupCommit(slow)
  let answered = false
  const answer = append(draft('a')).then(() => {
    answered = true
  })
  let isIdle = false
  const idled = idle().then(() => {
    isIdle = true
  })
  for (let n = 0; n < 5; n += 1) await turn()
  assert.deepEqual([answered, isIdle], [false, false])
  slow.succeed()
  await Promise.all([answer, idled])
  assert.deepEqual([answered, isIdle], [true, true])
  await idle()
})

test('[ST8] a commit that fails leaves all of its drafts unknown, and no others', async () => {
  const slow = slowCommit()
  const { append } = groupCommit(slow)
  const lost = ['a', 'b'].map((text) => append(draft(text)))
  await turn()
  const next = append(draft('c'))
  slow.batches[0]!.end.reject(new Error('disk I/O error'))
  for (const answer of lost) await assert.rejects(answer, /disk I\/O error/)
  await slow.begun(2)
  assert.deepEqual(slow.batches[1]?.texts, ['c'])
  slow.succeed()
  assert.equal((await next).ok, true)
})

test('[ST8] one draft’s error, or a missing answer, rejects that draft alone', async () => {
  const slow = slowCommit()
  const { append } = groupCommit(slow)
  const answers = Promise.allSettled(['a', 'b', 'c'].map((text) => append(draft(text))))
  await turn()
  slow.batches[0]!.end.resolve([{ ok: true, room: 1, events: [] }, new Error('too big')])
  assert.deepEqual(
    (await answers).map(({ status }) => status),
    ['fulfilled', 'rejected', 'rejected'],
  )
})

test('[ST4] batches and the queue are bounded; beyond the bound is unavailable', async () => {
  const slow = slowCommit()
  const { append } = groupCommit({ commit: slow.commit, maxBatch: 2, maxWaiting: 5 })
  const answers = ['a', 'b', 'c', 'd', 'e'].map((text) => append(draft(text)))
  assert.deepEqual(await append(draft('f')), { ok: false, code: 'unavailable' })
  await turn()
  slow.succeed()
  await Promise.all(answers.slice(0, 2))
  const sixth = append(draft('g'))
  await slow.begun(2)
  slow.succeed()
  await Promise.all(answers.slice(2, 4))
  await slow.begun(3)
  slow.succeed()
  await Promise.all([...answers, sixth])
  assert.deepEqual(
    slow.batches.map(({ texts }) => texts),
    [
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'g'],
    ],
  )
})

test('[ST2] each commit is told with its size', async () => {
  const slow = slowCommit()
  const told: number[] = []
  const { append } = groupCommit({ commit: slow.commit, onCommit: (drafts) => told.push(drafts) })
  const answers = ['a', 'b', 'c'].map((text) => append(draft(text)))
  await turn()
  slow.succeed()
  await Promise.all(answers)
  assert.deepEqual(told, [3])
})
