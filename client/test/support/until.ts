import { setImmediate } from 'node:timers/promises'

/** Waits for a condition, up to 30 s. Give what is awaited as a sentence. */
export async function until(condition: () => boolean, what = condition.toString()): Promise<void> {
  for (const start = Date.now(); !condition(); ) {
    if (Date.now() - start > 30_000) throw new Error(`It did not come to be within 30 s: ${what}`)
    await setImmediate()
  }
}

/** Lets everything run that waits in microtasks and in this turn. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 5; i += 1) await setImmediate()
}
