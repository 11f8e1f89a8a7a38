import { type ReactNode, useState } from 'react'
import { afterMenu } from './after-menu.ts'
import { lateWindow } from './late.tsx'
import { ConfirmContext, type Question } from './use-confirm.ts'

const Confirm = lateWindow(async () => (await import('./confirm.tsx')).Confirm)

/** Around the app: the one window that asks `useConfirm`'s questions. */
export function ConfirmProvider({ children }: { readonly children: ReactNode }) {
  const [question, setQuestion] = useState<Question | null>(null)
  const [isOpen, setOpen] = useState(false)
  const [ask] = useState(() => (next: Question) => {
    afterMenu(() => {
      setQuestion(next)
      setOpen(true)
    })
  })
  return (
    <ConfirmContext value={ask}>
      {children}
      {question !== null && (
        <Confirm
          title={question.title}
          action={question.action}
          onConfirm={question.onConfirm}
          isOpen={isOpen}
          onClose={() => setOpen(false)}
        >
          {question.text}
        </Confirm>
      )}
    </ConfirmContext>
  )
}
