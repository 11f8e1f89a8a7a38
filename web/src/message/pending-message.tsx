import type { UserId } from '@parlance/client/models'
import type { PendingMessage } from '@parlance/client/pending'
import type { Room } from '@parlance/client/room'
import { CircleAlert, Clock, CloudOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useClientSnapshot } from '../chat/client.ts'
import { errorText } from '../texts/error-text.ts'
import { useTexts } from '../texts/texts.ts'
import { Button } from '../ui/button.tsx'
import { MessageText } from './body/message-text.tsx'
import { folded } from './markdown/fold.ts'
import styles from './pending-message.module.css'
import { ReplyQuote } from './reply-quote.tsx'
import { useCopy } from './use-copy.ts'

interface PendingMessageRowProps {
  readonly room: Room
  readonly pending: PendingMessage
}

/** What takes longer is told; most messages have landed before. */
const tellAfterMs = 1_000
const stay = () => {}
/** Whom it mentions, the server will tell. */
const noMentions: readonly UserId[] = []

/** One's own message on its way, or that failed: then it can be sent again, dropped, or saved by copying. */
export function PendingMessageRow({ room, pending }: PendingMessageRowProps) {
  const { text, replyTo, state, nonce } = pending
  return (
    <article className={styles.row} data-state={state.kind}>
      <div className={styles.content}>
        {replyTo !== null && <ReplyQuote room={room} replyTo={replyTo} onJump={stay} />}
        <div className={styles.text} dir="auto">
          <MessageText room={room} text={folded(text) ?? text} mentions={noMentions} />
        </div>
        {state.kind === 'failed' ? (
          <Failed room={room} nonce={nonce} text={text} error={state.error} />
        ) : (
          <UnderWay />
        )}
      </div>
    </article>
  )
}

function UnderWay() {
  const { messages } = useTexts()
  const isOpen = useClientSnapshot().connection.kind === 'open'
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), tellAfterMs)
    return () => clearTimeout(timer)
  }, [])
  if (!isLong) return null
  return (
    <p className={styles.state} role="status">
      {isOpen ? <Clock aria-hidden="true" /> : <CloudOff aria-hidden="true" />}
      {isOpen ? messages.sending : messages.waiting}
    </p>
  )
}

interface FailedProps {
  readonly room: Room
  readonly nonce: string
  readonly text: string
  readonly error: unknown
}

function Failed({ room, nonce, text, error }: FailedProps) {
  const texts = useTexts()
  const { messages, common } = texts
  const copy = useCopy()
  return (
    <div className={styles.failed}>
      <p className={styles.state} role="alert">
        <CircleAlert aria-hidden="true" />
        {messages.notSent} {errorText(texts, error)}
      </p>
      {/* How it goes is in its state again. */}
      <Button size="sm" onClick={() => void room.retry(nonce).catch(stay)}>
        {common.retry}
      </Button>
      <Button size="sm" tone="quiet" onClick={() => copy(text, messages.textCopied)}>
        {messages.copyText}
      </Button>
      <Button size="sm" tone="quiet" onClick={() => room.discard(nonce)}>
        {messages.discard}
      </Button>
    </div>
  )
}
