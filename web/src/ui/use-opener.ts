import { type RefObject, useRef, useState } from 'react'

/** What the button that opens a menu or popover has to be given. */
export interface OpenerProps {
  readonly ref: RefObject<HTMLButtonElement | null>
  readonly onClick: () => void
  readonly 'aria-haspopup': 'menu' | 'dialog'
  readonly 'aria-expanded': boolean
}

interface Opener {
  readonly button: OpenerProps
  readonly isOpen: boolean
  /** Whether it was opened ever: its code comes then, and what closes is shown until it is gone. */
  readonly isWanted: boolean
  readonly setOpen: (isOpen: boolean) => void
}

/** A button, and whether what it opens is open; `given` where the button is somebody else's too. */
export function useOpener(
  opens: OpenerProps['aria-haspopup'],
  given?: RefObject<HTMLButtonElement | null>,
): Opener {
  const [isOpen, setIsOpen] = useState(false)
  const [isWanted, setWanted] = useState(false)
  const own = useRef<HTMLButtonElement>(null)
  const setOpen = (open: boolean) => {
    setWanted(true)
    setIsOpen(open)
  }
  const ref = given ?? own
  return {
    button: { ref, onClick: () => setOpen(!isOpen), 'aria-haspopup': opens, 'aria-expanded': isOpen },
    isOpen,
    isWanted,
    setOpen,
  }
}
