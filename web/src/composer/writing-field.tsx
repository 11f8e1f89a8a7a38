import type { Room } from '@parlance/client/room'
import { type KeyboardEvent, lazy, type RefObject, Suspense, useLayoutEffect, useRef } from 'react'
import { markOf, toggleMark } from './formatting.ts'
import { isInOpenFence } from './open-fence.ts'
import { replaceText } from './replace-text.ts'
import { useCompletion } from './use-completion.ts'
import styles from './writing-field.module.css'

const CompletionList = lazy(async () => ({
  default: (await import('./completion-list.tsx')).CompletionList,
}))

interface WritingFieldProps {
  readonly room: Room
  /** The element itself. */
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly label: string
  readonly placeholder?: string
  readonly text: string
  readonly onText: (text: string) => void
  readonly onSubmit: () => void
  readonly onEscape: () => void
  /** The arrow up in an empty field. */
  readonly onArrowUp?: () => void
  /** The box around, over which suggestions stand. */
  readonly box: RefObject<HTMLElement | null>
  /** The id of what tells more about it. */
  readonly describedBy?: string | undefined
  readonly isInvalid?: boolean
}

/**
 * A field for Markdown that grows with its text: Enter is done, Shift+Enter a line; on touch and in a block of code that
 * is not closed Enter is a line, and done with Ctrl or Cmd.
 */
export function WritingField({
  room,
  field,
  label,
  placeholder,
  text,
  onText,
  onSubmit,
  onEscape,
  onArrowUp,
  box,
  describedBy,
  isInvalid = false,
}: WritingFieldProps) {
  useGrowing(field, text)
  const completion = useCompletion(room, field)
  const isOpen = completion.suggestions.length > 0
  // Loaded with the first suggestion, and kept.
  const hasList = useRef(false)
  hasList.current ||= isOpen

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // The keys of an input method are its own (229 is what Safari says of the last one).
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (completion.onKeyDown(event) || act(event)) event.preventDefault()
  }
  const act = (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    const { key, shiftKey, altKey, ctrlKey, metaKey, currentTarget } = event
    const isPlain = !(shiftKey || altKey || ctrlKey || metaKey)
    if (key === 'Enter' && !shiftKey && !altKey) {
      const isSure = ctrlKey || metaKey
      const { value, selectionStart } = currentTarget
      if (!isSure && (isTouch() || isInOpenFence(value, selectionStart))) return false
      onSubmit()
      return true
    }
    if (key === 'Escape') {
      onEscape()
      return true
    }
    if (key === 'ArrowUp' && isPlain && text === '' && onArrowUp !== undefined) {
      onArrowUp()
      return true
    }
    const mark = markOf(event)
    if (mark === undefined) return false
    const { selectionStart: start, selectionEnd: end } = currentTarget
    replaceText(currentTarget, toggleMark({ text, start, end }, mark))
    return true
  }

  return (
    <>
      <textarea
        ref={field}
        className={styles.field}
        rows={1}
        dir="auto"
        aria-label={label}
        placeholder={placeholder}
        value={text}
        // A field of lines is no combobox: its role has these, and they point at the suggestions all the same.
        {...(isOpen && {
          'aria-autocomplete': 'list',
          'aria-haspopup': 'listbox',
          'aria-controls': completion.listId,
          'aria-activedescendant': `${completion.listId}-${completion.active}`,
        })}
        aria-describedby={describedBy}
        aria-invalid={isInvalid || undefined}
        enterKeyHint={isTouch() ? 'enter' : 'send'}
        onChange={(event) => {
          onText(event.target.value)
          completion.look()
        }}
        onSelect={completion.look}
        onBlur={completion.close}
        onKeyDown={onKeyDown}
      />
      {hasList.current && (
        <Suspense>
          <CompletionList completion={completion} anchor={box} />
        </Suspense>
      )}
    </>
  )
}

function isTouch(): boolean {
  return matchMedia('(pointer: coarse)').matches
}

const growsByItself = CSS.supports('field-sizing', 'content')

/** As high as its text, where the style sheet cannot say it. */
function useGrowing(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text, another height
  useLayoutEffect(() => {
    const { current } = field
    if (growsByItself || current === null) return
    current.style.height = '0'
    current.style.height = `${current.scrollHeight}px`
  }, [field, text])
}
