import type { Room } from '@parlance/client/room'
import { SendHorizontal } from 'lucide-react'
import {
  type KeyboardEvent,
  lazy,
  type Ref,
  Suspense,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { useAccount, useClientSnapshot } from '../chat/client.ts'
import { roomName } from '../rooms/room-name.ts'
import { useRoomUi } from '../rooms/room-ui.ts'
import { useTexts } from '../texts/texts.ts'
import { IconButton } from '../ui/icon-button.tsx'
import styles from './composer.module.css'
import type { ComposerHandle } from './composer.tsx'
import { draftRoom } from './draft-box.ts'
import { drafts } from './drafts.ts'
import { EmojiButton } from './emoji-button.tsx'
import { lastOwn } from './last-own.ts'
import { LengthNote } from './length-note.tsx'
import { insertText } from './replace-text.ts'
import { isBlank, leftToWrite } from './text-length.ts'
import { useDraftKeeping } from './use-draft-keeping.ts'
import { useReply } from './use-reply.ts'
import { useStrayInput } from './use-stray-input.ts'
import { WritingField } from './writing-field.tsx'

const AbsentNote = lazy(async () => ({ default: (await import('./absent-note.tsx')).AbsentNote }))
const ReplyBar = lazy(async () => ({ default: (await import('./reply-bar.tsx')).ReplyBar }))

/** What has the focus among the messages; before it in the page are the links and buttons of all that are shown. */
const tabStop = '[role=log][tabindex="0"], [role=log] [data-seq][tabindex="0"]'

interface WriteBoxProps {
  readonly room: Room
  readonly ref?: Ref<ComposerHandle>
}

/** The field, what it answers, and its buttons. What is written is its own state: a key press draws nothing else. */
export function WriteBox({ room, ref }: WriteBoxProps) {
  const texts = useTexts()
  const { composer } = texts
  const account = useAccount()
  const { setReplyTo, setEditing } = useRoomUi()
  const [kept] = useState(() => drafts.take(draftRoom(account.id, room.id)))
  const [text, setText] = useState(kept?.text ?? '')
  const { replyTo, id: replyToId, notifies, setNotifies, quiet } = useReply(room, kept)
  const box = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const noteId = useId()
  const limit = useClientSnapshot().limits.textLength ?? Number.POSITIVE_INFINITY
  const left = leftToWrite(text, limit)
  const isSendable = !isBlank(text) && (left ?? 0) >= 0
  // Guests find nobody by name.
  const mayNameAbsent = account.kind === 'user' && /[@＠]/.test(text)
  const name = roomName(texts, room.getSnapshot().summary)
  useStrayInput(field)
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }), [])
  const clear = () => {
    setText('')
    setReplyTo(null)
  }
  useDraftKeeping(room.id, { text, replyTo: replyToId, ...quiet }, clear)

  const send = () => {
    field.current?.focus()
    if (!isSendable) return
    // A failure is in the pending message's state.
    room.send(trimmed(text), replyToId === null ? {} : { replyTo: replyToId, ...quiet }).catch(() => {})
    drafts.sent(draftRoom(account.id, room.id), text)
    clear()
    // What one has sent is at the live end.
    if (room.getSnapshot().timeline.hasNewer) room.jumpToLatest().catch(() => {})
  }
  const write = (next: string) => {
    setText(next)
    if (!isBlank(next)) room.typing()
  }
  const editLast = () => {
    const last = lastOwn(room.getSnapshot().timeline.messages, account.id)
    if (last !== undefined) setEditing(last.id)
  }
  const toMessages = (event: KeyboardEvent) => {
    // The buttons of the answer stand before the field.
    if (event.key !== 'Tab' || !event.shiftKey || event.target !== field.current || replyTo !== null) return
    const messages = document.querySelector<HTMLElement>(tabStop)
    if (messages === null) return
    event.preventDefault()
    messages.focus()
  }

  return (
    <form
      className={styles.composer}
      onKeyDown={toMessages}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <div ref={box} className={styles.box}>
        <Suspense>{mayNameAbsent && <AbsentNote room={room} text={text} />}</Suspense>
        <Suspense>
          {replyTo !== null && (
            <ReplyBar
              message={replyTo}
              notifies={notifies}
              onNotifies={setNotifies}
              onCancel={() => setReplyTo(null)}
            />
          )}
        </Suspense>
        <div className={styles.line}>
          <WritingField
            field={field}
            room={room}
            box={box}
            label={composer.label(name)}
            placeholder={composer.placeholder(name)}
            text={text}
            onText={write}
            onSubmit={send}
            onEscape={() => setReplyTo(null)}
            onArrowUp={editLast}
            describedBy={left === undefined ? undefined : noteId}
            isInvalid={left !== undefined && left < 0}
          />
          <EmojiButton onPick={(emoji) => field.current !== null && insertText(field.current, emoji)} />
          <IconButton
            type="submit"
            className={styles.send}
            label={composer.send}
            icon={<SendHorizontal />}
            disabled={!isSendable}
          />
        </div>
        {left !== undefined && <LengthNote id={noteId} left={left} />}
      </div>
    </form>
  )
}

/** Without empty lines before it, and without what is behind it: spaces at the begin may be code. */
function trimmed(text: string): string {
  return text.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd()
}
