import { Popover as Base } from '@base-ui/react/popover'
import type { ReactNode, RefObject } from 'react'
import styles from './popover.module.css'
import { useBack } from './use-back.ts'

interface PopoverProps {
  /** What it stands at; it has the focus again afterwards. */
  readonly opener: RefObject<HTMLElement | null>
  /** Its name, read out at the opening. */
  readonly label: string
  readonly isOpen: boolean
  readonly onOpenChange: (isOpen: boolean) => void
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
  readonly align?: 'start' | 'center' | 'end'
  readonly children: ReactNode
}

/** A small window beside what opened it. Load it lazily, with what stands in it. */
export function Popover({
  opener,
  label,
  isOpen,
  onOpenChange,
  side = 'top',
  align = 'end',
  children,
}: PopoverProps) {
  useBack(isOpen, () => onOpenChange(false))
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => onOpenChange(open)}>
      <Base.Portal>
        <Base.Positioner
          className={styles.positioner}
          anchor={opener}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
        >
          <Base.Popup className={styles.popup} aria-label={label} finalFocus={opener}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
