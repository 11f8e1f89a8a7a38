import { Menu as Base } from '@base-ui/react/menu'
import { type ReactNode, type RefObject, useRef, useState } from 'react'
import { classNames } from './class-names.ts'
import styles from './menu.module.css'
import { useBack } from './use-back.ts'

interface MenuPopupProps {
  /** The button it stands at; it has the focus again afterwards. */
  readonly opener: RefObject<HTMLElement | null>
  readonly isOpen: boolean
  readonly onOpenChange: (isOpen: boolean) => void
  /** Called when it is gone. */
  readonly onClosed?: () => void
  readonly side: 'top' | 'bottom' | 'left' | 'right'
  readonly align: 'start' | 'center' | 'end'
  readonly children: ReactNode
}

/** What a menu may stand in, so that it is a part of the page where its button is: outside of all it would be lost. */
const parts = 'main, nav, [role=main], [role=dialog], [role=alertdialog]'

/** A menu at its button; on a phone a sheet at the bottom of the screen. */
export function MenuPopup({ opener, isOpen, onOpenChange, onClosed, side, align, children }: MenuPopupProps) {
  const [part] = useState(() => opener.current?.closest<HTMLElement>(parts))
  const popup = useRef<HTMLDivElement>(null)
  useBack(isOpen, () => onOpenChange(false))
  // What was opened from the menu may have the focus by the time that the menu is gone.
  const finalFocus = () => {
    const { activeElement, body } = document
    const isLeft = activeElement !== body && popup.current?.contains(activeElement) !== true
    return isLeft ? false : opener.current
  }
  return (
    <Base.Root
      open={isOpen}
      onOpenChange={(open) => onOpenChange(open)}
      onOpenChangeComplete={(open) => open || onClosed?.()}
    >
      <Base.Portal container={part}>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Positioner
          className={styles.positioner}
          anchor={opener}
          positionMethod="fixed"
          side={side}
          align={align}
          sideOffset={4}
          collisionPadding={8}
        >
          <Base.Popup ref={popup} className={styles.popup} finalFocus={finalFocus}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

interface MenuItemProps {
  readonly icon?: ReactNode
  readonly children: ReactNode
  readonly onSelect: () => void
  readonly tone?: 'plain' | 'danger'
  readonly disabled?: boolean
}

export function MenuItem({ icon, children, onSelect, tone = 'plain', disabled = false }: MenuItemProps) {
  return (
    <Base.Item
      className={classNames(styles.item, tone === 'danger' && styles.danger)}
      disabled={disabled}
      onClick={onSelect}
    >
      {icon}
      <span>{children}</span>
    </Base.Item>
  )
}

interface MenuChoiceProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T) => void
}

/** One of several, inside of a menu. */
export function MenuChoice<T extends string>({ label, value, options, onChange }: MenuChoiceProps<T>) {
  return (
    <Base.Group>
      <Base.GroupLabel className={styles.label}>{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={(next: T) => onChange(next)}>
        {options.map((option) => (
          <Base.RadioItem key={option.value} value={option.value} className={styles.item}>
            <span className={styles.mark}>
              <Base.RadioItemIndicator className={styles.dot} />
            </span>
            <span>{option.label}</span>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  )
}

export function MenuSeparator() {
  return <Base.Separator className={styles.separator} />
}
