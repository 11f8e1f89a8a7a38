import type { Message, Reaction, Reactor } from '@parlance/client/models'
import { useEffect, useState } from 'react'
import { useAccount, useClient } from '../chat/client.ts'
import { useTexts } from '../texts/texts.ts'
import styles from './reactions.module.css'
import { askedReactors, whoReacted } from './who-reacted.ts'

interface ReactionChipProps {
  readonly message: Message
  readonly reaction: Reaction
  readonly isBusy: boolean
  readonly isDisabled: boolean
  readonly onPress: () => void
}

interface Known {
  readonly of: Reaction
  readonly reactors: readonly Reactor[]
}

/** One emoji and how many reacted with it; who they are is asked for when it is pointed at or has the focus. */
export function ReactionChip({ message, reaction, isBusy, isDisabled, onPress }: ReactionChipProps) {
  const texts = useTexts()
  const client = useClient()
  const account = useAccount()
  const [isWanted, setWanted] = useState(false)
  const [known, setKnown] = useState<Known>()
  const { id, room } = message
  const { emoji, count, me } = reaction
  useEffect(() => {
    if (!isWanted) return
    let isCurrent = true
    client.request({ type: 'reaction.list', room, message: id, emoji, limit: askedReactors }).then(
      ({ reactors }) => isCurrent && setKnown({ of: { emoji, count, me }, reactors }),
      // Without an answer there is the number of them.
      () => {},
    )
    return () => {
      isCurrent = false
    }
  }, [client, isWanted, room, id, emoji, count, me])
  const isFresh = known?.of.count === count && known.of.me === me
  const who = isFresh ? whoReacted(texts, reaction, known.reactors, account.id) : undefined
  const label = texts.messages.reaction(emoji, count, me)
  return (
    <button
      type="button"
      className={styles.chip}
      aria-label={label}
      aria-description={who}
      aria-pressed={me}
      aria-busy={isBusy || undefined}
      aria-disabled={isDisabled || undefined}
      data-tip={who ?? label}
      onPointerEnter={({ pointerType }) => setWanted(pointerType === 'mouse')}
      onFocus={() => setWanted(true)}
      onPointerLeave={() => setWanted(false)}
      onBlur={() => setWanted(false)}
      onClick={onPress}
    >
      <span className={styles.emoji}>{emoji}</span>
      <span>{count}</span>
    </button>
  )
}
