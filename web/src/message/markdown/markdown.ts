import type { Block } from '@parlance/client/text'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { unmarkedBlocks, writtenBlocks } from './unmarked.ts'

type Parse = (text: string) => readonly Block[]

const listeners = new Set<() => void>()
let parse: Parse | undefined
let loading: Promise<void> | undefined

/** What a text means. The parser comes with the first text that has a mark; until then that stands as it was written. */
export function useMarkdown(text: string): readonly Block[] {
  const parser = useSyncExternalStore(subscribe, () => parse)
  const plain = useMemo(() => unmarkedBlocks(text), [text])
  useEffect(() => {
    if (plain === undefined) void load()
  }, [plain])
  return useMemo(() => plain ?? parser?.(text) ?? writtenBlocks(text), [plain, parser, text])
}

/** What a text means, once it is known. */
export async function markdownOf(text: string): Promise<readonly Block[]> {
  const plain = unmarkedBlocks(text)
  if (plain !== undefined) return plain
  await load()
  return parse?.(text) ?? writtenBlocks(text)
}

/** Loads the parser, once. */
function load(): Promise<void> {
  loading ??= import('./parse.ts').then(
    ({ parse: parseMarkdown }) => {
      parse = parseMarkdown
      for (const listener of listeners) listener()
    },
    () => {
      // Out of reach: the next text asks again.
      loading = undefined
    },
  )
  return loading
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
