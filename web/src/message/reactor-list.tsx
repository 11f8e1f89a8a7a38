import type { Message, Reactor } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { useCallback, useEffect, useState } from 'react'
import { useAccount, useClient, useClientSnapshot, useRoomSnapshot } from '../chat/client.ts'
import { Awaited } from '../offline/awaited.tsx'
import { errorText } from '../texts/error-text.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { personName } from '../texts/person-name.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { Spinner } from '../ui/spinner.tsx'
import reactions from './reactions.module.css'
import styles from './reactor-list.module.css'

interface ReactorListProps {
  readonly room: Room
  readonly message: Message
  readonly isOpen: boolean
  readonly onClose: () => void
}

interface Page {
  readonly reactors: readonly Reactor[]
  readonly hasMore: boolean
}

/** Everybody who reacted to a message, one emoji at a time. */
export function ReactorList({ room, message: opened, isOpen, onClose }: ReactorListProps) {
  const texts = useAllTexts()
  const { messages, common } = texts
  const client = useClient()
  const self = useAccount().id
  const [chosen, setChosen] = useState<string>()
  const [page, setPage] = useState<Page>()
  const [error, setError] = useState<unknown>()
  useRoomSnapshot(room)
  const isOnline = useClientSnapshot().connection.kind === 'open'
  const { id } = opened
  const message = room.find(id) ?? opened
  const shown = message.reactions.find(({ emoji }) => emoji === chosen) ?? message.reactions[0]
  const { emoji, count } = shown ?? {}
  const read = useCallback(
    async (after: number) => {
      if (emoji === undefined) return undefined
      const { reactors, more } = await client.request({
        type: 'reaction.list',
        room: room.id,
        message: id,
        emoji,
        after,
      })
      return { reactors, hasMore: more }
    },
    [client, room, id, emoji],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew when their number changes, and with the next connection
  useEffect(() => {
    let isCurrent = true
    read(0).then(
      (first) => {
        if (!isCurrent) return
        setPage(first)
        setError(undefined)
      },
      (reason: unknown) => isCurrent && setError(reason),
    )
    return () => {
      isCurrent = false
      setPage(undefined)
    }
  }, [read, count, isOnline])
  const readMore = async ({ reactors }: Page) => {
    try {
      const next = await read(reactors.at(-1)?.seq ?? 0)
      if (next !== undefined) setPage({ ...next, reactors: [...reactors, ...next.reactors] })
    } catch (reason) {
      setError(reason)
    }
  }
  return (
    <Dialog title={messages.reactions} isOpen={isOpen} onClose={onClose}>
      <ul className={reactions.reactions} aria-label={messages.reactions}>
        {message.reactions.map((reaction) => (
          <li key={reaction.emoji}>
            <button
              type="button"
              className={reactions.chip}
              aria-label={messages.reaction(reaction.emoji, reaction.count, reaction.me)}
              aria-pressed={reaction === shown}
              onClick={() => setChosen(reaction.emoji)}
            >
              <span className={reactions.emoji}>{reaction.emoji}</span>
              <span>{reaction.count}</span>
            </button>
          </li>
        ))}
      </ul>
      {error !== undefined && <Notice tone="danger">{errorText(texts, error)}</Notice>}
      {page === undefined && error === undefined && emoji !== undefined && (
        <Awaited>
          <Spinner label={common.loading} />
        </Awaited>
      )}
      {emoji !== undefined && (
        <ul className={styles.list} aria-label={messages.whoReacted(emoji)}>
          {page?.reactors.map(({ user, seq }) => (
            <li key={seq} className={styles.person}>
              <Avatar user={user} size="sm" />
              <span dir="auto">
                {personName(common, user)}
                {user.id === self && ` (${messages.you})`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {page?.hasMore === true && (
        <Button size="sm" onClick={() => void readMore(page)}>
          {common.more}
        </Button>
      )}
    </Dialog>
  )
}
