import { Copy } from 'lucide-react'
import { useTexts } from '../../texts/texts.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { useCopy } from '../use-copy.ts'
import styles from './code-block.module.css'
import { useHighlighted } from './use-highlighted.ts'

interface CodeBlockProps {
  readonly language: string
  readonly text: string
}

/** A block of code: coloured as soon as its grammar is here, and copied by a button. */
export function CodeBlock({ language, text }: CodeBlockProps) {
  const { messages, common } = useTexts()
  const copy = useCopy()
  const highlighted = useHighlighted(language, text)
  return (
    <div className={styles.block}>
      <div className={styles.bar}>
        <span className={styles.language}>{language || messages.code}</span>
        <IconButton
          size="sm"
          label={messages.copyCode}
          icon={<Copy />}
          onClick={() => copy(text, common.copied)}
        />
      </div>
      {/* It may scroll sideways: the keys have to reach it. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus (WCAG 2.1.1) */}
      <section className={styles.scroller} tabIndex={0} aria-label={language || messages.code}>
        <pre dir="ltr">
          <code>{highlighted ?? text}</code>
        </pre>
      </section>
    </div>
  )
}
