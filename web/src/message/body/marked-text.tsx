import type { UserId } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { type ReactNode, useMemo } from 'react'
import { useAccount } from '../../chat/client.ts'
import { lineOf } from '../markdown/line-of.ts'
import { mentionedIn } from '../markdown/mentioned.ts'
import { parse } from '../markdown/parse.ts'
import { Blocks } from './blocks.tsx'
import { MentionedContext } from './mention.tsx'

export interface MarkedTextProps {
  readonly room: Room
  readonly text: string
  /** Whom the server has found in it. */
  readonly mentions: readonly UserId[]
  /** Stands behind the last words: the mark of an edit. */
  readonly end?: ReactNode
}

/** A text with marks, drawn as what it means; its code comes with the parser. */
export function MarkedText({ room, text, mentions, end }: MarkedTextProps) {
  const account = useAccount()
  const blocks = useMemo(() => parse(text), [text])
  const { members } = room.getSnapshot()
  const findMentioned = useMemo(() => {
    const nameOf = (id: UserId) =>
      id === account.id ? account.name : (members?.get(id)?.user.name ?? authorOf(room, id))
    return mentionedIn(mentions, blocks, nameOf)
  }, [mentions, blocks, account, room, members])
  return (
    <MentionedContext value={findMentioned}>
      <Blocks blocks={blocks} end={end} />
    </MentionedContext>
  )
}

/** What a text with marks says in one line. */
export function markedLine(text: string): string {
  return lineOf(parse(text))
}

/** The name of whoever has written something that is here. */
function authorOf(room: Room, user: UserId): string | undefined {
  for (const { author } of room.getSnapshot().timeline.messages) if (author.id === user) return author.name
  return undefined
}
