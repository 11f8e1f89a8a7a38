import type { Message } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { useEffect, useId, useRef, useState } from 'react'
import { useClientSnapshot } from '../chat/client.ts'
import { LengthNote } from '../composer/length-note.tsx'
import { isBlank, leftToWrite } from '../composer/text-length.ts'
import { WritingField } from '../composer/writing-field.tsx'
import { useRoomUi } from '../rooms/room-ui.ts'
import { errorText } from '../texts/error-text.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useMessageCommands } from './message-commands.ts'
import styles from './message-editor.module.css'

interface MessageEditorProps {
  readonly room: Room
  readonly message: Message
}

/** The field in which one's own message is changed, in its row. Emptied, it asks whether to delete it. */
export function MessageEditor({ room, message }: MessageEditorProps) {
  const texts = useAllTexts()
  const { messages, common } = texts
  const { setEditing, focusComposer } = useRoomUi()
  const commands = useMessageCommands(room)
  const [text, setText] = useState(message.text)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const box = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const [hintId, noteId] = [useId(), useId()]
  const left = leftToWrite(text, useClientSnapshot().limits.textLength ?? Number.POSITIVE_INFINITY)
  const isGone = message.deletedAt !== null
  useEffect(() => {
    const { current } = field
    current?.focus()
    current?.setSelectionRange(current.value.length, current.value.length)
  }, [])

  const close = () => {
    setEditing(null)
    focusComposer()
  }
  const save = async () => {
    if (isBusy || isGone || (left ?? 0) < 0) return
    if (text === message.text) return close()
    if (isBlank(text)) {
      if (field.current !== null) commands.remove(message, field.current)
      return
    }
    setBusy(true)
    setError(undefined)
    try {
      await room.edit(message.id, text.trimEnd())
      close()
    } catch (cause) {
      setError(cause)
      setBusy(false)
    }
  }

  return (
    <div className={styles.editor} aria-busy={isBusy || undefined}>
      <div ref={box} className={styles.box}>
        <WritingField
          field={field}
          room={room}
          box={box}
          label={messages.editLabel}
          text={text}
          onText={setText}
          onSubmit={() => void save()}
          onEscape={close}
          describedBy={left === undefined ? hintId : noteId}
          isInvalid={left !== undefined && left < 0}
        />
      </div>
      {isGone && <Notice tone="danger">{messages.editGone}</Notice>}
      {error !== undefined && !isGone && <Notice tone="danger">{errorText(texts, error)}</Notice>}
      <div className={styles.foot}>
        {left === undefined ? (
          <p id={hintId} className={styles.hint}>
            {messages.editHint}
          </p>
        ) : (
          <LengthNote id={noteId} left={left} />
        )}
        <Button size="sm" tone="quiet" onClick={close}>
          {common.cancel}
        </Button>
        <Button size="sm" tone="primary" isBusy={isBusy} disabled={isGone} onClick={() => void save()}>
          {common.save}
        </Button>
      </div>
    </div>
  )
}
