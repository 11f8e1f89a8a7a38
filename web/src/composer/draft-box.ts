import type { RoomId, UserId } from '@parlance/client/models'
import { keptAs } from '../base.ts'
import { type Draft, isSameDraft, type KeptDraft, parseDraft } from './draft.ts'

const prefix = `${keptAs}.draft.`

/** What the tabs of a browser tell each other. */
export type DraftNews =
  /** A draft was sent: where its text still stands, it goes. */
  | { readonly kind: 'sent'; readonly room: string; readonly text: string }
  /** A draft was taken over by a tab that had none: whoever still has it in a field keeps it again. */
  | { readonly kind: 'taken'; readonly room: string }

/** The part of `localStorage` that is needed. */
export interface DraftStorage {
  keys(): readonly string[]
  get(key: string): string | null
  set(key: string, value: string): void
  remove(key: string): void
}

interface DraftBoxOptions {
  readonly storage: DraftStorage
  /** This tab's own name, the same over a reload. */
  readonly tab: string
  readonly nowMs: () => number
  readonly tell: (news: DraftNews) => void
}

/**
 * The drafts of a browser, of which each tab has its own, so that none overwrites another's.
 *
 * A tab that opens a room in which it has no draft takes over the one kept last, by whatever tab: most often that one
 * is closed. Where it is not, it keeps what stands in its field again. What is sent goes everywhere, and nothing else.
 */
export function draftBox({ storage, tab, nowMs, tell }: DraftBoxOptions) {
  /** All of a room, this tab's own first, then those kept last. */
  const all = (room: string) =>
    storage
      .keys()
      .filter((key) => key === prefix + room || key.startsWith(`${prefix + room}.`))
      .flatMap((key) => {
        const draft = parseDraft(storage.get(key))
        return draft === undefined ? [] : [{ key, draft }]
      })
      .sort(
        (a, b) => Number(b.key === own(room)) - Number(a.key === own(room)) || b.draft.atMs - a.draft.atMs,
      )
  const own = (room: string) => `${prefix}${room}.${tab}`
  const put = (room: string, draft: Draft) => {
    const kept: KeptDraft = { ...draft, atMs: nowMs() }
    storage.set(own(room), JSON.stringify(kept))
  }

  return {
    /** The rooms that have a draft, in whatever tab. */
    rooms: (): ReadonlySet<string> =>
      new Set(
        storage
          .keys()
          .filter((key) => isDraftKey(key) && parseDraft(storage.get(key)) !== undefined)
          .map((key) => key.slice(prefix.length).split('.', 2).join('.')),
      ),

    /** The draft to go on with: from here on it is this tab's own. */
    take(room: string): Draft | undefined {
      const [first] = all(room)
      if (first === undefined || first.key === own(room)) return first?.draft
      put(room, first.draft)
      storage.remove(first.key)
      tell({ kind: 'taken', room })
      return first.draft
    },

    /** Keeps what stands in this tab's field; one without text is forgotten. False where nothing has changed. */
    keep(room: string, draft: Draft): boolean {
      const before = parseDraft(storage.get(own(room)))
      if (draft.text.trim() === '') {
        if (before !== undefined) storage.remove(own(room))
        return before !== undefined
      }
      if (before !== undefined && isSameDraft(before, draft)) return false
      put(room, draft)
      return true
    },

    /** A text was sent: no draft of it is kept, in whatever tab. Other texts stay. */
    sent(room: string, text: string): void {
      for (const { key, draft } of all(room))
        if (key === own(room) || isSameText(draft.text, text)) storage.remove(key)
      tell({ kind: 'sent', room, text })
    },

    /** Forgets the drafts of all accounts. */
    forget(): void {
      for (const key of storage.keys()) if (key.startsWith(prefix)) storage.remove(key)
    },
  }
}

export type DraftBox = ReturnType<typeof draftBox>

/** By what the news of a draft call a room. */
export function draftRoom(account: UserId, room: RoomId): string {
  return `${account}.${room}`
}

export function isDraftKey(key: string): boolean {
  return key.startsWith(prefix)
}

/** Whether a text that stands somewhere is the one that was sent: what is around it was not. */
export function isSameText(standing: string, sent: string): boolean {
  return standing.trim() === sent.trim()
}
