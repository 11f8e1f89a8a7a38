import { searchKey } from '@parlance/client/search'
import { useEffect, useState } from 'react'
import { useClientSnapshot } from '../chat/client.ts'

const pauseMs = 150

interface Search<T> {
  /** Undefined while nothing has been asked, or the first answer is on its way. */
  readonly found: readonly T[] | undefined
  readonly error: unknown
  /** Whether an answer for this very text is still to come. */
  readonly isSearching: boolean
}

const nothing = { found: undefined, error: undefined, isSearching: false }

/**
 * Asks what a text finds, a moment after the last key; until the answer is here the one before stands. A text that finds
 * nothing asks nothing.
 */
export function useSearch<T>(text: string, ask: (text: string) => Promise<readonly T[]>): Search<T> {
  const [search, setSearch] = useState<Omit<Search<T>, 'isSearching'> & { readonly of?: string }>(nothing)
  const isOpen = useClientSnapshot().connection.kind === 'open'
  const wanted = searchKey(text) === '' ? '' : text.trim()
  // Asked again with the next connection.
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer that was lost with it
  useEffect(() => {
    if (wanted === '') return setSearch(nothing)
    let isWanted = true
    const timer = setTimeout(() => {
      ask(wanted).then(
        (found) => isWanted && setSearch({ found, error: undefined, of: wanted }),
        (error: unknown) => isWanted && setSearch({ found: undefined, error, of: wanted }),
      )
    }, pauseMs)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [ask, wanted, isOpen])
  return wanted === '' ? nothing : { ...search, isSearching: search.of !== wanted }
}
