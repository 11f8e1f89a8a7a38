import { type RefObject, useEffect } from 'react'
import { insertText } from './replace-text.ts'

const fields = 'input, textarea, select, [contenteditable]'
/** What has the keys while it is open. */
const windows = '[role=dialog]:not([aria-modal=false]), [role=alertdialog], [role=menu], [role=listbox]'
const texts: readonly string[] = ['text/plain', 'text/uri-list']
const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/**
 * What is written, pasted or dropped while the focus is elsewhere goes to the field. What has keys of its own keeps them: a
 * field, an open window, and a message that was reached by keyboard, of which single letters are commands.
 */
export function useStrayInput(field: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    const listening = new AbortController()
    const { signal } = listening
    let isOwnDrag = false
    const take = () => {
      const { current } = field
      if (current === null || document.querySelector(windows) !== null) return undefined
      // One that was never written in has its cursor before the draft.
      const isAtBegin = current.selectionEnd === 0 && document.activeElement !== current
      if (isAtBegin) current.setSelectionRange(current.value.length, current.value.length)
      return current
    }
    addEventListener(
      'keydown',
      (event) => {
        // The key itself goes where the focus is by then, as do those of dead keys and input methods.
        if (isWriting(event) && !isInField(event)) take()?.focus()
      },
      { signal },
    )
    addEventListener(
      'paste',
      (event) => {
        const text = event.clipboardData?.getData('text/plain') ?? ''
        if (event.defaultPrevented || text === '' || isInField(event)) return
        const to = take()
        if (to === undefined) return
        event.preventDefault()
        insertText(to, text)
      },
      { signal },
    )
    const own = (is: boolean) => () => {
      isOwnDrag = is
    }
    addEventListener('dragstart', own(true), { signal, capture: true })
    addEventListener('dragend', own(false), { signal, capture: true })
    const textOf = (event: DragEvent) => {
      const data = event.dataTransfer
      if (isOwnDrag || data === null || data.types.includes('Files') || isInField(event)) return undefined
      return data.types.some((type) => texts.includes(type)) ? data : undefined
    }
    addEventListener(
      'dragover',
      (event) => {
        const data = textOf(event)
        if (data === undefined) return
        event.preventDefault()
        data.dropEffect = 'copy'
      },
      { signal },
    )
    addEventListener(
      'drop',
      (event) => {
        const data = textOf(event)
        if (data === undefined) return
        event.preventDefault()
        const [text] = texts.map((type) => data.getData(type)).filter((found) => found !== '')
        const to = text === undefined ? undefined : take()
        if (text !== undefined && to !== undefined) insertText(to, text)
      },
      { signal },
    )
    return () => listening.abort()
  }, [field])
}

/** Whether a key writes something: no chord, no space, which scrolls and presses buttons, and not the key of the sheet. */
function isWriting(event: KeyboardEvent): boolean {
  const { key, ctrlKey, altKey, metaKey, isComposing, defaultPrevented } = event
  if (defaultPrevented || isComposing || metaKey || key === ' ' || key === '?') return false
  // With AltGr, and Option on a Mac, keys write what is on no key of its own.
  const isThird = event.getModifierState('AltGraph') || (isMac && altKey && !ctrlKey)
  if ((ctrlKey || altKey) && !isThird) return false
  return key === 'Dead' || [...key].length === 1
}

function isInField({ target }: Event): boolean {
  return target instanceof Element && target.closest(fields) !== null
}
