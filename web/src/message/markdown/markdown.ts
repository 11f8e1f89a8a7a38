import { type ComponentType, useEffect, useMemo, useSyncExternalStore } from 'react'
import { loadLater } from '../../ui/late.tsx'
import type { MarkedTextProps } from '../body/marked-text.tsx'
import { mayHaveMark } from './unmarked.ts'

/** What texts with marks need. */
export interface Marked {
  readonly MarkedText: ComponentType<MarkedTextProps>
  readonly markedLine: (text: string) => string
}

const listeners = new Set<() => void>()
let marked: Marked | undefined
let loading: Promise<void> | undefined

/**
 * What tells and draws the meaning of a text; undefined for one without a mark. It comes with the first text that has
 * one: until then that stands as it was written.
 */
export function useMarked(text: string): Marked | undefined {
  const code = useSyncExternalStore(subscribe, () => marked)
  const isWanted = useMemo(() => mayHaveMark(text), [text])
  useEffect(() => {
    if (isWanted) void load()
  }, [isWanted])
  return isWanted ? code : undefined
}

/** The same, once it is here. */
export async function markedOf(text: string): Promise<Marked | undefined> {
  if (!mayHaveMark(text)) return undefined
  await load()
  return marked
}

/** Loads it, once. */
function load(): Promise<void> {
  loading ??= import('../body/marked-text.tsx').then(
    ({ MarkedText, markedLine }) => {
      marked = { MarkedText, markedLine }
      for (const listener of listeners) listener()
    },
    () => {
      // Out of reach: the next text asks again.
      loading = undefined
    },
  )
  return loading
}

loadLater(load)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
