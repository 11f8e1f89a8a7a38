import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { useTexts } from '../texts/texts.ts'
import styles from './dialog.module.css'
import { IconButton } from './icon-button.tsx'
import { useBack } from './use-back.ts'

interface DialogProps {
  readonly title: string
  readonly description?: ReactNode
  readonly isOpen: boolean
  readonly onClose: () => void
  /** Gets the focus at the opening; else the first field or button. */
  readonly initialFocus?: RefObject<HTMLElement | null>
  readonly width?: 'sm' | 'md' | 'lg'
  readonly children?: ReactNode
}

/** A window over the app: focus is kept in it and goes back where it was. */
export function Dialog({
  title,
  description,
  isOpen,
  onClose,
  initialFocus,
  width = 'sm',
  children,
}: DialogProps) {
  const { common } = useTexts()
  useBack(isOpen, onClose)
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => open || onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Viewport className={styles.viewport}>
          <Base.Popup
            className={styles.popup}
            data-width={width}
            {...(initialFocus === undefined ? {} : { initialFocus })}
          >
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
