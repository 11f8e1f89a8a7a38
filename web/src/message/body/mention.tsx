import type { MentionNode } from '@parlance/client/text'
import { createContext, use } from 'react'
import { useAccount } from '../../chat/client.ts'
import { classNames } from '../../ui/class-names.ts'
import type { FindMentioned } from '../markdown/mentioned.ts'
import styles from './inlines.module.css'

/** What the message around tells of its mentions. */
export const MentionedContext = createContext<FindMentioned>(() => undefined)

/** `@name`: marked where the message mentions somebody of this name, more where that is oneself. */
export function Mention({ mention }: { readonly mention: MentionNode }) {
  const me = useAccount().id
  const mentioned = use(MentionedContext)(mention)
  const [letters] = mention.names
  if (mentioned === undefined) return mention.sign + letters
  const { name, user } = mentioned
  return (
    <>
      <bdi className={classNames(styles.mention, user === me && styles.own)}>
        {mention.sign}
        {name}
      </bdi>
      {letters.slice(name.length)}
    </>
  )
}
