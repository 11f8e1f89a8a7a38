import type { ReactElement, ReactNode, RefObject } from 'react'
import { lateWindow } from './late.tsx'
import { type OpenerProps, useOpener } from './use-opener.ts'

const MenuPopup = lateWindow(async () => (await import('./menu.tsx')).MenuPopup)

interface MenuButtonProps {
  /** Draws the button: `(props) => <IconButton label=… icon=… {...props} />`. */
  readonly button: (props: OpenerProps) => ReactElement
  /** `MenuItem`s and the like, from a module that is loaded with the menu: `() => import('./room-menu.tsx')`-like lazies. */
  readonly children: ReactNode
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
  readonly align?: 'start' | 'center' | 'end'
  readonly onOpenChange?: (isOpen: boolean) => void
  /** Gets the button too, for what else stands at it. */
  readonly opener?: RefObject<HTMLButtonElement | null>
}

/** A button that opens a menu; the menu's code comes with the first opening. */
export function MenuButton({
  button,
  children,
  side = 'bottom',
  align = 'end',
  onOpenChange,
  opener: given,
}: MenuButtonProps) {
  const { button: props, isOpen, isWanted, setOpen } = useOpener('menu', given)
  const change = (open: boolean) => {
    setOpen(open)
    onOpenChange?.(open)
  }
  return (
    <>
      {button({ ...props, onClick: () => change(!isOpen) })}
      {isWanted && (
        <MenuPopup opener={props.ref} isOpen={isOpen} onOpenChange={change} side={side} align={align}>
          {children}
        </MenuPopup>
      )}
    </>
  )
}
