import type { UserId } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { useEffect, useState } from 'react'
import { useAccount } from '../chat/client.ts'
import { recentEmoji } from '../emoji/recent-emoji.ts'
import { type Language, useLanguage } from '../texts/texts.ts'
import type { Suggestion } from './completion.ts'
import type { Trigger } from './trigger.ts'

const none: readonly Suggestion[] = []

/** The ways to complete what is being typed; what they are looked up in is loaded with the first of them. */
export function useSuggestions(room: Room, trigger: Trigger | undefined): readonly Suggestion[] {
  const language = useLanguage()
  const me = useAccount().id
  const [found, setFound] = useState(none)
  const { kind, query } = trigger ?? {}
  useEffect(() => {
    if (kind === undefined || query === undefined) {
      setFound(none)
      return
    }
    let isWanted = true
    const looked = kind === 'mention' ? members(room, me, query) : emoji(language, query)
    // Without them one types on.
    looked.catch(() => none).then((suggestions) => isWanted && setFound(suggestions), undefined)
    return () => {
      isWanted = false
    }
  }, [room, me, kind, query, language])
  return found
}

async function members(room: Room, me: UserId, query: string): Promise<readonly Suggestion[]> {
  if (room.getSnapshot().members === null) await room.loadMembers()
  const { mentionSuggestions } = await import('./completion.ts')
  const { members, online } = room.getSnapshot()
  return mentionSuggestions(
    query,
    [...(members?.values() ?? [])].map(({ user }) => user).filter(({ id }) => id !== me),
    online,
  )
}

async function emoji(language: Language, query: string): Promise<readonly Suggestion[]> {
  const [{ emojiData }, { emojiSuggestions }] = await Promise.all([
    import('../emoji/emoji-data.ts'),
    import('./completion.ts'),
  ])
  return emojiSuggestions(query, (await emojiData(language)).emojis, recentEmoji())
}
