import type { Room } from '@parlance/client/room'
import { type KeyboardEvent, type RefObject, useEffect, useId, useState } from 'react'
import type { Suggestion } from './completion.ts'
import { isInOpenFence } from './open-fence.ts'
import { replaceText } from './replace-text.ts'
import { type Trigger, triggerAt } from './trigger.ts'
import { useSuggestions } from './use-suggestions.ts'

export interface Completion {
  readonly listId: string
  readonly suggestions: readonly Suggestion[]
  /** The index of the one that Enter takes. */
  readonly active: number
  readonly activate: (index: number) => void
  readonly take: (suggestion: Suggestion) => void
  readonly close: () => void
  /** Looks at what stands before the cursor; call it whenever that may have changed. */
  readonly look: () => void
  /** Whether the key was for the suggestions. */
  readonly onKeyDown: (event: KeyboardEvent) => boolean
}

/** Suggestions for what is being typed in a field, by the pattern of a combobox: the focus stays in the field. */
export function useCompletion(room: Room, field: RefObject<HTMLTextAreaElement | null>): Completion {
  const listId = useId()
  const [trigger, setTrigger] = useState<Trigger>()
  const [active, setActive] = useState(0)
  const found = useSuggestions(room, trigger)
  const suggestions = trigger === undefined ? [] : found
  // biome-ignore lint/correctness/useExhaustiveDependencies: other suggestions begin at the first again
  useEffect(() => setActive(0), [found])

  const close = () => setTrigger(undefined)
  const look = () => {
    const { current } = field
    if (current === null) return
    const { value, selectionStart, selectionEnd } = current
    const isWanted = selectionStart === selectionEnd && !isInOpenFence(value, selectionStart)
    const next = isWanted ? triggerAt(value, selectionStart) : undefined
    // The same question keeps its answer.
    setTrigger((before) =>
      before?.kind === next?.kind && before?.query === next?.query && before?.from === next?.from
        ? before
        : next,
    )
  }
  const take = ({ text }: Suggestion) => {
    if (field.current === null || trigger === undefined) return
    const caret = trigger.from + text.length
    replaceText(field.current, { from: trigger.from, to: trigger.to, by: text, start: caret, end: caret })
    close()
  }
  const onKeyDown = ({ key, shiftKey }: KeyboardEvent): boolean => {
    const { length } = suggestions
    const chosen = suggestions[active]
    if (chosen === undefined) return false
    switch (key) {
      case 'ArrowDown':
        setActive((active + 1) % length)
        return true
      case 'ArrowUp':
        setActive((active + length - 1) % length)
        return true
      case 'Enter':
      case 'Tab':
        if (shiftKey) return false
        take(chosen)
        return true
      case 'Escape':
        close()
        return true
      default:
        return false
    }
  }
  return { listId, suggestions, active, activate: setActive, take, close, look, onKeyDown }
}
