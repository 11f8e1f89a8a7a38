/** What a text means: the only shapes that are shown. There is no HTML among them, and no unchecked link (docs/MARKDOWN.md). */
export type Block =
  /** Lines as they were typed, blank ones too: `\n` in its texts ends a line. */
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: number; readonly children: readonly Inline[] }
  /** `info` is what stands behind the fence: the language, and perhaps more. */
  | { readonly kind: 'code'; readonly info: string; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly ListItem[] }
  | { readonly kind: 'table'; readonly header: readonly Cell[]; readonly rows: readonly (readonly Cell[])[] }

export interface ListItem {
  /** As it was typed: `-`, `*`, `1.`, `2)`. */
  readonly marker: string
  /** Of a task; null where it is none. */
  readonly checked: boolean | null
  readonly blocks: readonly Block[]
}

export interface Cell {
  readonly align: 'center' | 'left' | 'right' | null
  readonly children: readonly Inline[]
}

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | MentionNode
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'em' | 'del'; readonly children: readonly Inline[] }
  | LinkNode

/** `@name`, whether somebody is called so or not. */
export interface MentionNode {
  readonly kind: 'mention'
  /** Where its `@` stands in the text, in UTF-16 units. */
  readonly at: number
  /** `@`, or `＠` of full width. */
  readonly sign: string
  /** The names that it may mean, each the beginning of the one before: the longest that is a member's wins. */
  readonly names: readonly [string, ...string[]]
}

export interface LinkNode {
  readonly kind: 'link'
  /** `http:`, `https:` or `mailto:`, as it was typed. */
  readonly href: string
  readonly children: readonly Inline[]
}
