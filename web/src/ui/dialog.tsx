import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { useTexts } from '../texts/texts.ts'
import styles from './dialog.module.css'
import { IconButton } from './icon-button.tsx'
import { useBack } from './use-back.ts'

interface DialogProps {
  readonly title: string
  readonly description?: ReactNode
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly width?: 'sm' | 'md' | 'lg'
  readonly children?: ReactNode
}

const fields = 'input:not([type=search], [hidden], [readonly]), textarea'

/** A window over the app: focus is kept in it and goes back where it was. It begins at the first field, if there is one. */
export function Dialog({ title, description, isOpen, onClose, width = 'sm', children }: DialogProps) {
  const { common } = useTexts()
  const popup = useRef<HTMLDivElement>(null)
  useBack(isOpen, onClose)
  // Not for a finger: that would bring up the keyboard of the screen. Nor where one looks first and searches then.
  const firstField = (by: string) =>
    (by !== 'touch' && popup.current?.querySelector<HTMLElement>(fields)) || popup.current
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => open || onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Viewport className={styles.viewport}>
          <Base.Popup ref={popup} className={styles.popup} data-width={width} initialFocus={firstField}>
            <header className={styles.header}>
              <Base.Title className={styles.title}>{title}</Base.Title>
              <Base.Close render={<IconButton label={common.close} icon={<X />} size="sm" />} />
            </header>
            {description !== undefined && (
              <Base.Description className={styles.description}>{description}</Base.Description>
            )}
            {children}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

/** The buttons at the end of a dialog. */
export function DialogFooter({ children }: { readonly children: ReactNode }) {
  return <footer className={styles.footer}>{children}</footer>
}
