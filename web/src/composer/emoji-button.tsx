import { Smile } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTexts } from '../texts/texts.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { useOpener } from '../ui/use-opener.ts'

const EmojiPopover = lazy(async () => ({
  default: (await import('../emoji/emoji-popover.tsx')).EmojiPopover,
}))

/** Opens the emoji picker; its code comes with the first opening. */
export function EmojiButton({ onPick }: { readonly onPick: (emoji: string) => void }) {
  const { composer } = useTexts()
  const { button, isOpen, isWanted, setOpen } = useOpener('dialog')
  return (
    <>
      <IconButton label={composer.emoji} icon={<Smile />} {...button} />
      {isWanted && (
        <Suspense>
          <EmojiPopover opener={button.ref} isOpen={isOpen} onClose={() => setOpen(false)} onPick={onPick} />
        </Suspense>
      )}
    </>
  )
}
