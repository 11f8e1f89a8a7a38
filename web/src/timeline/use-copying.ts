import type { MessageList } from '@parlance/client/message-list'
import { type ClipboardEvent, type RefObject, useEffect, useRef } from 'react'
import { useLanguage, useTexts } from '../texts/texts.ts'
import { loadLater } from '../ui/late.tsx'

let copied: typeof import('./copied-messages.ts') | undefined

const load = async () => {
  copied = await import('./copied-messages.ts')
}
loadLater(load)

/** What is copied of the messages. The clipboard waits for nobody: the code of it is here once something is selected. */
export function useCopying(
  scroller: RefObject<HTMLElement | null>,
  messages: MessageList,
): (event: ClipboardEvent) => void {
  const texts = useTexts()
  const language = useLanguage()
  const isLoading = useRef(false)
  useEffect(() => {
    const selected = () => {
      if (copied !== undefined || isLoading.current) return
      isLoading.current = true
      load().catch(() => {
        isLoading.current = false
      })
    }
    document.addEventListener('selectionchange', selected)
    return () => document.removeEventListener('selectionchange', selected)
  }, [])
  return (event) => {
    const [selection, log] = [getSelection(), scroller.current]
    const isField = event.target instanceof Element && event.target.closest('textarea, input') !== null
    if (selection === null || log === null || isField) return
    const text = copied?.copiedMessages(selection, log, messages, texts, language)
    if (text === undefined) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', text)
  }
}
