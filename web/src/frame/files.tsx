import { useEffect, useState } from 'react'
import { useTexts } from '../texts/texts.ts'
import { late } from '../ui/late.tsx'
import { useToasts } from '../ui/toasts.ts'

const DropNotice = late(async () => (await import('./drop-notice.tsx')).DropNotice)

/** Files cannot be sent yet: where one is dragged over the page, dropped or pasted, that is said, and the page stays. */
export function Files() {
  const { common } = useTexts()
  const { say } = useToasts()
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const listening = new AbortController()
    const { signal } = listening
    const sayIt = () => say(`${common.noFiles} ${common.noFilesHint}`)
    addEventListener(
      'dragover',
      (event) => {
        const { dataTransfer: data, target, defaultPrevented } = event
        if (hasFiles(data)) {
          event.preventDefault()
          setOver(true)
        } else if (data !== null && !defaultPrevented && !isField(target)) {
          // A link that is dropped would be followed.
          event.preventDefault()
          data.dropEffect = 'none'
        }
      },
      { signal },
    )
    addEventListener(
      'dragleave',
      ({ relatedTarget }) => {
        // Out of the window; else on to something else in it.
        if (relatedTarget === null) setOver(false)
      },
      { signal },
    )
    addEventListener('dragend', () => setOver(false), { signal })
    addEventListener(
      'drop',
      (event) => {
        setOver(false)
        if (!hasFiles(event.dataTransfer)) return
        event.preventDefault()
        sayIt()
      },
      // Before fields see it.
      { signal, capture: true },
    )
    addEventListener(
      'paste',
      (event) => {
        const { clipboardData: data } = event
        // What is copied from a table or a document has a picture of it, too: its text is pasted.
        if (!hasFiles(data) || data?.types.includes('text/plain') === true) return
        event.preventDefault()
        sayIt()
      },
      { signal, capture: true },
    )
    return () => listening.abort()
  }, [common, say])
  return isOver && <DropNotice />
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea') !== null
}

function hasFiles(data: DataTransfer | null): boolean {
  return data?.types.includes('Files') === true
}
