import { AlertDialog } from '@base-ui/react/alert-dialog'
import { type ReactNode, useState } from 'react'
import { errorText } from '../texts/error-text.ts'
import { useTexts } from '../texts/texts.ts'
import { Button } from './button.tsx'
import styles from './dialog.module.css'
import { Notice } from './notice.tsx'
import { useBack } from './use-back.ts'

interface ConfirmProps {
  readonly title: string
  readonly children: ReactNode
  /** The verb of what is about to be done. */
  readonly action: string
  readonly isOpen: boolean
  readonly onClose: () => void
  /** Does it; a failure is shown, and it can be tried again. */
  readonly onConfirm: () => Promise<unknown>
  /** Says a failure in words of its own; undefined where there are none. */
  readonly explain?: (error: unknown) => string | undefined
}

/** Asks before something that cannot be undone. */
export function Confirm({ title, children, action, isOpen, onClose, onConfirm, explain }: ConfirmProps) {
  const texts = useTexts()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const close = () => {
    setError(undefined)
    onClose()
  }
  useBack(isOpen, close)
  const confirm = async () => {
    setBusy(true)
    try {
      await onConfirm()
      close()
    } catch (cause) {
      setError(cause)
    } finally {
      setBusy(false)
    }
  }
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={(open) => open || close()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={styles.backdrop} />
        <AlertDialog.Viewport className={styles.viewport}>
          <AlertDialog.Popup className={styles.popup} data-width="sm">
            <AlertDialog.Title className={styles.title}>{title}</AlertDialog.Title>
            <AlertDialog.Description className={styles.description} render={<div />}>
              {children}
            </AlertDialog.Description>
            {error !== undefined && (
              <Notice tone="danger">{explain?.(error) ?? errorText(texts, error)}</Notice>
            )}
            <footer className={styles.footer}>
              <AlertDialog.Close render={<Button>{texts.common.cancel}</Button>} />
              <Button tone="danger" isBusy={isBusy} onClick={() => void confirm()}>
                {action}
              </Button>
            </footer>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
