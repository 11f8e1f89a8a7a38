/** What a message's Markdown means: the only shapes that are shown. There is no HTML among them, and no unchecked link. */
export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: number; readonly children: readonly Inline[] }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  /** `start` is the first number, or null where it has none. */
  | { readonly kind: 'list'; readonly start: number | null; readonly items: readonly ListItem[] }
  | { readonly kind: 'table'; readonly header: readonly Cell[]; readonly rows: readonly (readonly Cell[])[] }
  | { readonly kind: 'rule' }

export interface ListItem {
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
  /** `@name`, whether somebody is called so or not. */
  | { readonly kind: 'mention'; readonly name: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'em' | 'del'; readonly children: readonly Inline[] }
  | {
      readonly kind: 'link'
      readonly href: string
      /** Where it leads to, told where its text says something else. */
      readonly host: string | null
      readonly children: readonly Inline[]
    }
