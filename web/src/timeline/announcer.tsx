import type { EventOf, RoomId } from '@parlance/client/models'
import { useEffect, useState } from 'react'
import { useAccount, useClient } from '../chat/client.ts'
import { personName } from '../texts/person-name.ts'
import { useTexts } from '../texts/texts.ts'

/** What comes within this time is told at once. */
const gatherMs = 700
/** More than so many at once are counted, not read out. */
const readOut = 3
const maxLength = 240

/** Reads new messages of the open room out, each once and never history, to who listens. */
export function Announcer({ room }: { readonly room: RoomId }) {
  const client = useClient()
  const me = useAccount().id
  const { timeline: texts, common } = useTexts()
  const [said, setSaid] = useState('')
  useEffect(() => {
    let heard: EventOf<'message.created'>[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const say = () => {
      timer = undefined
      const sentences = heard.map(({ actor, text }) =>
        texts.announced(personName(common, actor), text.slice(0, maxLength)),
      )
      setSaid(heard.length > readOut ? texts.newMessages(heard.length) : sentences.join('\n'))
      heard = []
    }
    const stop = client.listen({
      event(event) {
        if (event.type !== 'message.created' || event.room !== room || event.actor.id === me) return
        heard.push(event)
        timer ??= setTimeout(say, gatherMs)
      },
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [client, room, me, texts, common])
  return (
    <div className="visually-hidden" aria-live="polite" dir="auto">
      {said}
    </div>
  )
}
