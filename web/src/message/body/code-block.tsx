import { Copy } from 'lucide-react'
import { useAllTexts } from '../../texts/late-texts.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { useCopy } from '../use-copy.ts'
import './code-colours.css'
import styles from './code-block.module.css'
import { useHighlighted } from './use-highlighted.ts'

interface CodeBlockProps {
  /** What stands behind its fence: the language first. */
  readonly info: string
  readonly text: string
}

/** A block of code: coloured as soon as its grammar is here, and copied by a button. */
export function CodeBlock({ info, text }: CodeBlockProps) {
  const { messages, common } = useAllTexts()
  const copy = useCopy()
  const language = /^[\w+#.-]+/.exec(info)?.[0] ?? ''
  const highlighted = useHighlighted(language.toLowerCase(), text)
  return (
    <div className={styles.block}>
      <div className={styles.bar}>
        <span className={styles.language}>{info || messages.code}</span>
        <IconButton
          size="sm"
          label={messages.copyCode}
          icon={<Copy />}
          onClick={() => copy(text, common.copied)}
        />
      </div>
      {/* It may scroll sideways: the keys have to reach it. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus (WCAG 2.1.1) */}
      <section className={styles.scroller} tabIndex={0} aria-label={info || messages.code}>
        <pre dir="ltr">
          <code>{highlighted ?? text}</code>
        </pre>
      </section>
    </div>
  )
}
