import { Fragment } from 'react'
import { useTexts } from '../../texts/texts.ts'
import type { Inline } from '../markdown/nodes.ts'
import styles from './inlines.module.css'
import { Mention } from './mention.tsx'

/** What stands inside of a line. */
export function Inlines({ inlines }: { readonly inlines: readonly Inline[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the same text gives the same nodes, their place is their name
  return inlines.map((inline, i) => <InlineView key={i} inline={inline} />)
}

function InlineView({ inline }: { readonly inline: Inline }) {
  switch (inline.kind) {
    case 'text':
      return <Fragment>{inline.text}</Fragment>
    case 'break':
      return <br />
    case 'mention':
      return <Mention name={inline.name} />
    case 'code':
      return <code className={styles.code}>{inline.text}</code>
    case 'strong':
      return (
        <strong className={styles.strong}>
          <Inlines inlines={inline.children} />
        </strong>
      )
    case 'em':
      return (
        <em>
          <Inlines inlines={inline.children} />
        </em>
      )
    case 'del':
      return (
        <del className={styles.del}>
          <Inlines inlines={inline.children} />
        </del>
      )
    case 'link':
      return <Link link={inline} />
  }
}

function Link({ link }: { readonly link: Extract<Inline, { kind: 'link' }> }) {
  const { messages } = useTexts()
  return (
    <a
      className={styles.link}
      href={link.href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      title={messages.opensElsewhere}
    >
      <Inlines inlines={link.children} />
      {link.host !== null && (
        <span className={styles.host} dir="ltr">
          {' '}
          ({link.host})
        </span>
      )}
    </a>
  )
}
