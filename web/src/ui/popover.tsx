import { Popover as Base } from '@base-ui/react/popover'
import { type ReactNode, type RefObject, useRef } from 'react'
import styles from './popover.module.css'
import { useBack } from './use-back.ts'

interface PopoverProps {
  /** What it stands at; it has the focus again afterwards, unless something else has it by then. */
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
  const popup = useRef<HTMLDivElement>(null)
  useBack(isOpen, () => onOpenChange(false))
  // Not where what was chosen in it has led the focus elsewhere.
  const finalFocus = () => {
    const { activeElement: focused } = document
    const isFree = focused === null || focused === document.body || popup.current?.contains(focused)
    return isFree && opener.current
  }
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
          <Base.Popup ref={popup} className={styles.popup} aria-label={label} finalFocus={finalFocus}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
