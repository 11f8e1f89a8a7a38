import { type RefObject, useLayoutEffect, useRef } from 'react'
import { useTexts } from '../texts/texts.ts'
import { Avatar } from '../ui/avatar.tsx'
import styles from './completion-list.module.css'
import type { Completion } from './use-completion.ts'

interface CompletionListProps {
  readonly completion: Completion
  /** The box that it stands over. */
  readonly anchor: RefObject<HTMLElement | null>
}

/** From the box to the list. */
const gapPx = 6

/** The suggestions over a field, which keeps the focus and has the keys; under it where there is no room. */
export function CompletionList({ completion, anchor }: CompletionListProps) {
  const { composer } = useTexts()
  const { listId, suggestions, active, activate, take } = completion
  const list = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const { current: element } = list
    const box = anchor.current?.getBoundingClientRect()
    if (element === null || box === undefined || suggestions.length === 0) return
    // Over everything, whatever it stands in.
    element.showPopover()
    const isAbove = box.top > element.offsetHeight + gapPx
    element.style.left = `${box.left}px`
    element.style.maxWidth = `${box.width}px`
    element.style.top = `${isAbove ? box.top - gapPx - element.offsetHeight : box.bottom + gapPx}px`
  }, [anchor, suggestions])
  if (suggestions.length === 0) return null
  return (
    <div
      ref={list}
      id={listId}
      popover="manual"
      className={styles.list}
      role="listbox"
      aria-label={composer.suggestions}
    >
      {suggestions.map((suggestion, i) => (
        // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant points at it
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
        <div
          key={suggestion.key}
          id={`${listId}-${i}`}
          role="option"
          aria-selected={i === active}
          className={styles.option}
          // The focus stays where it is.
          onPointerDown={(event) => event.preventDefault()}
          onPointerMove={() => activate(i)}
          onClick={() => take(suggestion)}
        >
          {suggestion.user !== undefined && <Avatar user={suggestion.user} size="xs" />}
          {suggestion.emoji !== undefined && <span className={styles.emoji}>{suggestion.emoji}</span>}
          <bdi>{suggestion.label}</bdi>
        </div>
      ))}
    </div>
  )
}
