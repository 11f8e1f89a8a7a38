import { Smile } from 'lucide-react'
import { useTexts } from '../texts/texts.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { lateWindow, loadLater } from '../ui/late.tsx'
import { useOpener } from '../ui/use-opener.ts'

const EmojiPopover = lateWindow(async () => (await import('../emoji/emoji-popover.tsx')).EmojiPopover)

loadLater(async () => {
  const { emojiData } = await import('../emoji/emoji-data.ts')
  await emojiData(document.documentElement.lang === 'de' ? 'de' : 'en')
})

/** Opens the emoji picker; its code comes with the first opening. */
export function EmojiButton({ onPick }: { readonly onPick: (emoji: string) => void }) {
  const { composer } = useTexts()
  const { button, isOpen, isWanted, setOpen } = useOpener('dialog')
  return (
    <>
      <IconButton label={composer.emoji} icon={<Smile />} {...button} />
      {isWanted && (
        <EmojiPopover opener={button.ref} isOpen={isOpen} onClose={() => setOpen(false)} onPick={onPick} />
      )}
    </>
  )
}
