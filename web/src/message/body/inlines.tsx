import { type Inline, type LinkNode, plainText } from '@parlance/client/text'
import { Fragment } from 'react'
import { useAllTexts } from '../../texts/late-texts.ts'
import { trueHost } from '../markdown/true-host.ts'
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
    case 'mention':
      return <Mention mention={inline} />
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

function Link({ link }: { readonly link: LinkNode }) {
  const { messages } = useAllTexts()
  const host = trueHost(link.href, plainText([{ kind: 'paragraph', children: link.children }]))
  return (
    <a
      className={styles.link}
      href={link.href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      title={messages.opensElsewhere}
    >
      <Inlines inlines={link.children} />
      {host !== null && (
        <span className={styles.host} dir="ltr">
          {' '}
          ({host})
        </span>
      )}
    </a>
  )
}
