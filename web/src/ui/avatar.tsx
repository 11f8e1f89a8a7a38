import type { User } from '@parlance/client/models'
import styles from './avatar.module.css'
import { classNames } from './class-names.ts'

interface AvatarProps {
  readonly user: Pick<User, 'id' | 'name'>
  readonly size?: 'xs' | 'sm' | 'md' | 'lg'
  /** They are online, as far as is known: a dot says so. */
  readonly isOnline?: boolean | undefined
}

const hues = 8

/** A person's initials on a colour of their own. Decoration: the name stands beside it. */
export function Avatar({ user, size = 'md', isOnline }: AvatarProps) {
  return (
    <span aria-hidden="true" className={classNames(styles.avatar, styles[size])}>
      <span className={styles.face} data-hue={(user.id ?? hashOf(user.name)) % hues}>
        {initials(user.name)}
      </span>
      {isOnline === true && <span className={styles.presence} />}
    </span>
  )
}

/** The first letters of the first and the last word, as people see letters. */
function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s._-]+/u)
    .filter(Boolean)
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words
  const letters = chosen.map((word) => [...new Intl.Segmenter().segment(word ?? '')][0]?.segment ?? '')
  return letters.join('').toLocaleUpperCase() || '?'
}

function hashOf(text: string): number {
  let hash = 0
  for (let i = 0; i < text.length; i += 1) hash = (hash * 31 + text.charCodeAt(i)) >>> 0
  return hash
}
