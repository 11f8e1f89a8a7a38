import { Copy } from 'lucide-react'
import { useAllTexts } from '../texts/late-texts.ts'
import { Button } from '../ui/button.tsx'
import { copyText } from '../ui/copy-text.ts'
import { useToasts } from '../ui/toasts.ts'
import styles from './copy-link.module.css'

interface CopyLinkProps {
  readonly label: string
  readonly url: string
}

/** An address to give to others. */
export function CopyLink({ label, url }: CopyLinkProps) {
  const { common, rooms } = useAllTexts()
  const toasts = useToasts()
  const copy = () => {
    copyText(url).then(() => toasts.say(common.copied), toasts.fail)
  }
  return (
    <div className={styles.link}>
      <input
        className={styles.url}
        aria-label={label}
        readOnly
        value={url}
        onFocus={(event) => event.target.select()}
      />
      <Button icon={<Copy />} onClick={copy}>
        {rooms.copy}
      </Button>
    </div>
  )
}
