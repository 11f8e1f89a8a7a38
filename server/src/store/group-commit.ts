import type { Appended, Draft } from '../ports/store.ts'

export interface GroupCommitOptions {
  /** Commits drafts in their order, durably; one answer each. A rejection leaves all of them unknown. */
  commit(drafts: readonly Draft[]): Promise<Answers>
  /** Drafts of one commit, at most. */
  readonly maxBatch?: number
  /** Drafts that may wait, those under way included; beyond it `unavailable`. */
  readonly maxWaiting?: number
  /** Hears of each commit: how many drafts, and how long it took in milliseconds. */
  onCommit?(drafts: number, tookMs: number): void
}

export interface GroupCommit {
  append(draft: Draft): Promise<Appended>
  /** Resolves when nothing waits any more. */
  idle(): Promise<void>
}

/** Drafts that go together, and what became of them: one promise for all, since each costs as much as a draft. */
interface Waiting {
  readonly drafts: Draft[]
  readonly settled: PromiseWithResolvers<Answers>
}

type Answers = readonly (Appended | Error)[]

/**
 * Lets drafts share commits, without waiting on purpose: what is appended in one turn of the event loop goes
 * together, and what is appended while a commit is under way shares the next one. Order is kept (SPEC ST4).
 */
export function groupCommit(options: GroupCommitOptions): GroupCommit {
  const { maxBatch = 1_000, maxWaiting = 100_000, onCommit } = options
  const queue: Waiting[] = []
  let waiting = 0
  let underWay = false
  let scheduled = false
  const idlers: (() => void)[] = []

  function append(draft: Draft): Promise<Appended> {
    if (waiting >= maxWaiting) return Promise.resolve({ ok: false, code: 'unavailable' })
    let last = queue.at(-1)
    if (last === undefined || last.drafts.length >= maxBatch) {
      last = { drafts: [], settled: Promise.withResolvers() }
      queue.push(last)
    }
    const index = last.drafts.push(draft) - 1
    waiting += 1
    if (!underWay && !scheduled) {
      scheduled = true
      setImmediate(start)
    }
    return last.settled.promise.then((answers) => answered(answers[index]))
  }

  function start(): void {
    scheduled = false
    const batch = queue.shift()
    if (batch === undefined) return
    underWay = true
    const startedAt = performance.now()
    attempt(batch.drafts).then(
      (answers) => {
        onCommit?.(batch.drafts.length, performance.now() - startedAt)
        next()
        settle(batch, answers)
      },
      (error: Error) => {
        next()
        settle(batch, Promise.reject(error))
      },
    )
  }

  async function attempt(drafts: readonly Draft[]): Promise<Answers> {
    return options.commit(drafts)
  }

  /**
   * What the answers of this commit bring about goes out first, and what is there to be read then still shares the
   * next one: else half of a busy room waits in the commit while the other half is told, and so for ever.
   */
  function next(): void {
    underWay = false
    if (queue.length > 0) schedule()
  }

  function schedule(): void {
    if (scheduled) return
    scheduled = true
    setImmediate(() => setImmediate(start))
  }

  function settle({ drafts, settled }: Waiting, answers: Answers | Promise<never>): void {
    waiting -= drafts.length
    settled.resolve(answers)
    if (waiting === 0) for (const idler of idlers.splice(0)) idler()
  }

  function idle(): Promise<void> {
    return waiting === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))
  }

  return { append, idle }
}

function answered(answer: Appended | Error | undefined): Appended {
  if (answer === undefined) throw new Error('The commit gave no answer for this draft.')
  if (answer instanceof Error) throw answer
  return answer
}
