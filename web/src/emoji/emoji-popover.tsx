import type { RefObject } from 'react'
import { useAllTexts } from '../texts/late-texts.ts'
import { Popover } from '../ui/popover.tsx'
import { EmojiPicker } from './emoji-picker.tsx'

interface EmojiPopoverProps {
  readonly opener: RefObject<HTMLElement | null>
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onPick: (emoji: string) => void
}

/** The emoji picker beside what opened it. Load it lazily. */
export function EmojiPopover({ opener, isOpen, onClose, onPick }: EmojiPopoverProps) {
  const { messages } = useAllTexts()
  return (
    <Popover
      opener={opener}
      label={messages.pickEmoji}
      isOpen={isOpen}
      onOpenChange={(open) => open || onClose()}
    >
      <EmojiPicker
        onPick={(emoji) => {
          onPick(emoji)
          onClose()
        }}
      />
    </Popover>
  )
}
