import {
  EmojiPicker as Base,
  type EmojiPickerListCategoryHeaderProps,
  type EmojiPickerListEmojiProps,
  type EmojiPickerListRowProps,
} from 'frimousse'
import { useCallback, useState } from 'react'
import { useLanguage, useTexts } from '../texts/texts.ts'
import { Spinner } from '../ui/spinner.tsx'
import { emojiData } from './emoji-data.ts'
import styles from './emoji-picker.module.css'
import { keepRecentEmoji, useRecentEmoji } from './recent-emoji.ts'
import { keepSkinTone, skinTone } from './skin-tone.ts'

interface EmojiPickerProps {
  readonly onPick: (emoji: string) => void
}

/** All emoji: by name, by category, and the ones used last. The arrow keys go through them. */
export function EmojiPicker({ onPick }: EmojiPickerProps) {
  const { messages } = useTexts()
  const language = useLanguage()
  const [tone] = useState(skinTone)
  const [search, setSearch] = useState('')
  const [hasFailed, setFailed] = useState(false)
  const resolve = useCallback(async () => {
    try {
      return await emojiData(language)
    } catch (error) {
      setFailed(true)
      throw error
    }
  }, [language])
  const pick = (emoji: string) => {
    keepRecentEmoji(emoji)
    onPick(emoji)
  }
  if (hasFailed) return <p className={styles.empty}>{messages.emojiUnavailable}</p>
  return (
    <Base.Root
      className={styles.picker}
      locale={language}
      columns={9}
      skinTone={tone}
      resolveEmojiData={resolve}
      onEmojiSelect={({ emoji }) => pick(emoji)}
    >
      <div className={styles.bar}>
        <Base.Search
          className={styles.search}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          placeholder={messages.searchEmoji}
          aria-label={messages.searchEmoji}
        />
        <Base.SkinTone emoji="✋">
          {({ skinTone: now, setSkinTone, skinToneVariations }) => (
            <button
              type="button"
              className={styles.tone}
              aria-label={messages.skinTone}
              data-tip={messages.skinTone}
              onClick={() => {
                const at = skinToneVariations.findIndex((one) => one.skinTone === now)
                const next = skinToneVariations[(at + 1) % skinToneVariations.length]
                if (next === undefined) return
                setSkinTone(next.skinTone)
                keepSkinTone(next.skinTone)
              }}
            >
              {skinToneVariations.find((one) => one.skinTone === now)?.emoji}
            </button>
          )}
        </Base.SkinTone>
      </div>
      {search === '' && <Recent onPick={pick} />}
      <Base.Viewport className={styles.viewport}>
        <Base.Loading className={styles.empty}>
          <Spinner label={messages.searchEmoji} />
        </Base.Loading>
        <Base.Empty className={styles.empty}>{() => messages.noEmoji(search)}</Base.Empty>
        <Base.List className={styles.list} components={{ CategoryHeader, Row, Emoji }} />
      </Base.Viewport>
      <div className={styles.foot} aria-hidden="true">
        <Base.ActiveEmoji>
          {({ emoji }) =>
            emoji !== undefined && (
              <>
                <span className={styles.active}>{emoji.emoji}</span> {emoji.label}
              </>
            )
          }
        </Base.ActiveEmoji>
      </div>
    </Base.Root>
  )
}

function Recent({ onPick }: EmojiPickerProps) {
  const { messages } = useTexts()
  const recent = useRecentEmoji().slice(0, 9)
  if (recent.length === 0) return null
  return (
    <fieldset className={styles.recent} aria-label={messages.recentEmoji}>
      {recent.map((emoji) => (
        <button key={emoji} type="button" className={styles.emoji} onClick={() => onPick(emoji)}>
          {emoji}
        </button>
      ))}
    </fieldset>
  )
}

function CategoryHeader({ category, ...rest }: EmojiPickerListCategoryHeaderProps) {
  return (
    <div {...rest} className={styles.category}>
      {category.label}
    </div>
  )
}

function Row({ children, ...rest }: EmojiPickerListRowProps) {
  // ARIA counts from 1.
  const place = { ...rest, 'aria-rowindex': Number(rest['aria-rowindex']) + 1 }
  return (
    <div {...place} className={styles.row}>
      {children}
    </div>
  )
}

function Emoji({ emoji, ...rest }: EmojiPickerListEmojiProps) {
  const place = { ...rest, 'aria-colindex': Number(rest['aria-colindex']) + 1 }
  return (
    <button {...place} type="button" className={styles.emoji} data-active={emoji.isActive || undefined}>
      {emoji.emoji}
    </button>
  )
}
