import { createContext, use } from 'react'

/** What is asked before something that cannot be undone. */
export interface Question {
  readonly title: string
  /** What will happen. */
  readonly text: string
  /** The verb on the button that does it. */
  readonly action: string
  /** Does it; a failure is shown in the window, and it can be tried again. */
  readonly onConfirm: () => Promise<unknown>
}

export const ConfirmContext = createContext<(question: Question) => void>(() => {})

/** Asks in a window of its own, which outlives the menu it was asked from. */
export function useConfirm(): (question: Question) => void {
  return use(ConfirmContext)
}
