import {
  EmojiPicker as Base,
  type EmojiPickerListCategoryHeaderProps,
  type EmojiPickerListEmojiProps,
  type EmojiPickerListRowProps,
} from 'frimousse'
import { type KeyboardEvent, useCallback, useMemo, useState } from 'react'
import { useAllTexts } from '../texts/late-texts.ts'
import { useLanguage } from '../texts/texts.ts'
import { useNotReady } from '../ui/late.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { emojiData, type RankedEmoji } from './emoji-data.ts'
import styles from './emoji-picker.module.css'
import { columns, FoundEmoji } from './found-emoji.tsx'
import { rankEmoji } from './rank-emoji.ts'
import { keepRecentEmoji, recentEmoji, useRecentEmoji } from './recent-emoji.ts'
import { keepSkinTone, skinTone } from './skin-tone.ts'

interface EmojiPickerProps {
  readonly onPick: (emoji: string) => void
}

/** More than anybody looks through. */
const maxFound = 10 * columns
/** Where the arrows lead to in a grid of so many. */
const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -columns,
  ArrowDown: columns,
}

/** All emoji: by category, and the ones used last; by name, the best first. The arrow keys go through them. */
export function EmojiPicker({ onPick }: EmojiPickerProps) {
  const { messages } = useAllTexts()
  const language = useLanguage()
  const [tone, setTone] = useState(skinTone)
  const [search, setSearch] = useState('')
  const [all, setAll] = useState<readonly RankedEmoji[]>([])
  const [active, setActive] = useState(0)
  const [hasFailed, setFailed] = useState(false)
  const resolve = useCallback(async () => {
    try {
      const data = await emojiData(language)
      setAll(data.emojis)
      return data
    } catch (error) {
      setFailed(true)
      throw error
    }
  }, [language])
  useNotReady(all.length === 0 && !hasFailed)
  const pick = (emoji: string) => {
    keepRecentEmoji(emoji)
    onPick(emoji)
  }
  const found = useMemo(() => rankEmoji(search, all, recentEmoji()).slice(0, maxFound), [search, all])
  const chosen = found[active]
  const inTone = ({ emoji, skins }: RankedEmoji) => (tone === 'none' ? emoji : (skins?.[tone] ?? emoji))
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, nativeEvent } = event
    if (found.length === 0 || nativeEvent.isComposing) return
    const step = steps[key]
    if (step === undefined && key !== 'Enter') return
    // The list of categories behind has the same keys.
    event.preventDefault()
    if (step !== undefined) setActive(Math.max(0, Math.min(found.length - 1, active + step)))
    else if (chosen !== undefined) pick(inTone(chosen))
  }
  if (hasFailed) return <p className={styles.empty}>{messages.emojiUnavailable}</p>
  return (
    <Base.Root
      className={styles.picker}
      locale={language}
      columns={columns}
      skinTone={tone}
      resolveEmojiData={resolve}
      onEmojiSelect={({ emoji }) => pick(emoji)}
    >
      <div className={styles.bar}>
        <Base.Search
          className={styles.search}
          value={search}
          onChange={(event) => {
            setSearch(event.target.value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
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
                setTone(next.skinTone)
                keepSkinTone(next.skinTone)
              }}
            >
              {skinToneVariations.find((one) => one.skinTone === now)?.emoji}
            </button>
          )}
        </Base.SkinTone>
      </div>
      {search === '' && <Recent onPick={pick} />}
      {found.length > 0 && (
        <FoundEmoji
          found={found.map((one) => ({ ...one, emoji: inTone(one) }))}
          active={active}
          label={messages.searchEmoji}
          onActive={setActive}
          onPick={({ emoji }) => pick(emoji)}
        />
      )}
      <Base.Viewport className={styles.viewport} hidden={found.length > 0}>
        <Base.Loading className={styles.empty}>
          <Spinner label={messages.searchEmoji} />
        </Base.Loading>
        <Base.Empty className={styles.empty}>{() => messages.noEmoji(search)}</Base.Empty>
        <Base.List className={styles.list} components={{ CategoryHeader, Row, Emoji }} />
      </Base.Viewport>
      <div className={styles.foot} aria-hidden="true">
        {chosen === undefined ? (
          <Base.ActiveEmoji>
            {({ emoji }) => emoji !== undefined && <Shown emoji={emoji.emoji} label={emoji.label} />}
          </Base.ActiveEmoji>
        ) : (
          <Shown emoji={inTone(chosen)} label={chosen.label} />
        )}
      </div>
      <p className="visually-hidden" aria-live="polite">
        {chosen?.label}
      </p>
    </Base.Root>
  )
}

function Shown({ emoji, label }: { readonly emoji: string; readonly label: string }) {
  return (
    <>
      <span className={styles.active}>{emoji}</span> {label}
    </>
  )
}

function Recent({ onPick }: EmojiPickerProps) {
  const { messages } = useAllTexts()
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
