import { createContext, use } from 'react'
import { useAccount } from '../../chat/client.ts'
import { classNames } from '../../ui/class-names.ts'
import { sameName } from '../markdown/mentions.ts'
import styles from './inlines.module.css'

/** Whether a name is one that the message around mentions. */
export const MentionedContext = createContext<(name: string) => boolean>(() => false)

/** `@name`: marked where the message mentions somebody of this name, more where that is oneself. */
export function Mention({ name }: { readonly name: string }) {
  const account = useAccount()
  const isMentioned = use(MentionedContext)(name)
  if (!isMentioned) return `@${name}`
  return <bdi className={classNames(styles.mention, sameName(name, account.name) && styles.own)}>@{name}</bdi>
}
