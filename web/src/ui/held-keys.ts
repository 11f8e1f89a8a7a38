/** What has been pressed: a text, or a key that is none. */
type Held = { readonly text: string } | { readonly key: string; readonly shiftKey: boolean }

interface HeldKeysOptions {
  /** Whether what was opened is there and ready to take keys. */
  readonly isReady: () => boolean
  /** Whether its code is there: then it takes the focus within `graceFrames`, or never will. */
  readonly isLoaded: () => boolean
  readonly graceFrames: number
  /** Closes what is on its way; undefined where it cannot be closed. */
  readonly cancel: (() => void) | undefined
}

/** Keys that move or choose; in a text, those of the second list edit it. */
const commands = new Set(['Enter', 'Tab', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown'])
const edits = new Set(['ArrowLeft', 'ArrowRight', 'Home', 'End', 'Backspace', 'Delete'])
const textField =
  'textarea, input:not([type=date], [type=checkbox], [type=radio], [type=button], [type=submit])'
const tabStop =
  'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), [tabindex="0"]'
/** For so many frames what was typed is drawn and what was found is marked, before the next key comes. */
const framesBetween = 2

/** The one hidden field, and what had the focus before it. */
let sink: HTMLTextAreaElement | undefined
let origin: Element | null = null
/** From what the hidden field took the focus: within a window that is not ready yet, its own field. */
let displaced: Element | null = null
let current: HeldKeys | undefined

/**
 * Holds what is typed between the press that opens a window and the moment in which the window has the focus: its code may
 * still be on its way. From the first key on, a hidden field has the focus, so that input methods, dead keys and the clipboard
 * work as ever; then all of it is given to the window in its order. Nothing of it reaches what had the focus before.
 * Escape closes what is on its way, and a click elsewhere lets go.
 */
export class HeldKeys implements Disposable {
  readonly #options: HeldKeysOptions
  readonly #held: Held[] = []
  readonly #listening = new AbortController()

  constructor(options: HeldKeysOptions) {
    this.#options = options
    current?.[Symbol.dispose]()
    current = this
    origin = document.activeElement
    const { signal } = this.#listening
    addEventListener('keydown', (event) => this.#pressed(event), { signal, capture: true })
    addEventListener('pointerdown', () => this[Symbol.dispose](), { signal, capture: true })
    void this.#giveAll()
  }

  /** Lets go: what is still held is forgotten, and the focus goes back where the hidden field had it from. */
  [Symbol.dispose](): void {
    if (this.#isOver) return
    this.#listening.abort()
    current = undefined
    if (sink === undefined) return
    sink.value = ''
    if (document.activeElement === sink) goBack()
  }

  get #isOver(): boolean {
    return this.#listening.signal.aborted
  }

  get #isEmpty(): boolean {
    return this.#held.length === 0 && !sink?.value
  }

  #pressed(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event
    if (!event.isTrusted || (this.#options.isReady() && this.#isEmpty)) return
    const isChord = ctrlKey !== metaKey && !altKey
    // The switcher's own key closes it again.
    if (isChord && key.toLowerCase() === 'k') return
    event.stopImmediatePropagation()
    if (key === 'Escape' && !event.isComposing) {
      event.preventDefault()
      this.#options.cancel?.()
      this[Symbol.dispose]()
      return
    }
    const field = this.#options.isReady() ? undefined : takeFocus()
    if (event.isComposing || event.keyCode === 229) return
    if (commands.has(key) || (edits.has(key) && !field?.value)) {
      event.preventDefault()
      // The key that opened the window may still be down.
      if (event.repeat && key === 'Enter') return
      this.#takeText()
      this.#held.push({ key, shiftKey })
    } else if (field === undefined && key.length === 1 && !isChord) {
      event.preventDefault()
      this.#held.push({ text: key })
    }
  }

  #takeText(): void {
    if (!sink?.value) return
    this.#held.push({ text: sink.value })
    sink.value = ''
  }

  async #giveAll(): Promise<void> {
    let grace = this.#options.graceFrames
    while (!this.#isOver && !this.#options.isReady()) {
      await frame()
      if (this.#options.isLoaded()) grace -= 1
      if (grace < 0) this[Symbol.dispose]()
    }
    this.#takeText()
    if (document.activeElement === sink && displaced instanceof HTMLElement) displaced.focus()
    while (!this.#isOver && this.#held.length > 0) {
      for (let n = 0; n < framesBetween || !this.#options.isReady(); n += 1) {
        await frame()
        if (this.#isOver) return
      }
      const next = this.#held.shift()
      if (next !== undefined) give(next)
    }
    if (!this.#isOver) this[Symbol.dispose]()
  }
}

/** The hidden field: what is typed goes into it, the key that is just being pressed included. */
function takeFocus(): HTMLTextAreaElement {
  const field = sink ?? document.createElement('textarea')
  if (sink === undefined) {
    sink = field
    field.className = 'visually-hidden'
    field.tabIndex = -1
    field.setAttribute('aria-hidden', 'true')
    // A window that closes gives the focus back to what had it before: that is not this field.
    field.addEventListener('focus', () => {
      if (current === undefined) goBack()
    })
  }
  // Within a window that is open, since that keeps the focus in itself.
  const place = document.activeElement?.closest('[role=dialog], [role=alertdialog]') ?? document.body
  if (document.activeElement !== field) {
    displaced = document.activeElement
    if (!field.isConnected || field.parentElement !== place) place.append(field)
    field.focus({ preventScroll: true })
    // What moves to another place in the page begins there in front of its text.
    field.setSelectionRange(field.value.length, field.value.length)
  }
  return field
}

function goBack(): void {
  if (origin instanceof HTMLElement && origin.isConnected && origin !== sink) origin.focus()
  else sink?.blur()
}

function frame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(resolve))
}

/** Does to what has the focus what the browser would have done. */
function give(held: Held): void {
  const { activeElement: focused } = document
  if (!(focused instanceof HTMLElement)) return
  if (!('text' in held)) press(focused, held.key, held.shiftKey)
  else if (focused.matches(textField)) document.execCommand('insertText', false, held.text)
  else for (const key of held.text) press(focused, key, false)
}

function press(focused: HTMLElement, key: string, shiftKey: boolean): void {
  const event = new KeyboardEvent('keydown', {
    key,
    shiftKey,
    bubbles: true,
    cancelable: true,
    composed: true,
  })
  if (!focused.dispatchEvent(event)) return
  const isButton = focused.matches('button, a[href]')
  if (isButton && (key === 'Enter' || key === ' ')) focused.click()
  else if (key === 'Enter' && focused instanceof HTMLInputElement) focused.form?.requestSubmit()
  else if (key === 'Tab') step(focused, shiftKey ? -1 : 1)
  else if (key === 'Backspace' && focused.matches(textField)) document.execCommand('delete')
}

/** To the next place for the focus in its window, round about. */
function step(focused: HTMLElement, by: 1 | -1): void {
  const around = focused.closest('[role=dialog], [role=alertdialog]') ?? document.body
  const stops = [...around.querySelectorAll<HTMLElement>(tabStop)].filter(({ tabIndex }) => tabIndex >= 0)
  stops.at((stops.indexOf(focused) + by) % stops.length)?.focus()
}
