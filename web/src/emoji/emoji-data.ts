import type { EmojiData } from 'frimousse'
import type { Language } from '../texts/texts.ts'
import type { NamedEmoji } from './rank-emoji.ts'

/** The newest emoji that systems of the last years draw; later ones would be boxes. */
const newestVersion = 15.1
const tones = ['light', 'medium-light', 'medium', 'medium-dark', 'dark'] as const

/** One emoji, in its skin tones, by all its names. */
export type RankedEmoji = EmojiData['emojis'][number] & NamedEmoji

interface AllEmoji extends EmojiData {
  emojis: RankedEmoji[]
}

const loaded = new Map<Language, Promise<AllEmoji>>()

/** All emoji with their names in a language: from this app's own files, once. */
export function emojiData(language: Language): Promise<AllEmoji> {
  const kept = loaded.get(language) ?? load(language)
  loaded.set(language, kept)
  // What failed is tried again.
  kept.catch(() => loaded.delete(language))
  return kept
}

async function load(language: Language): Promise<AllEmoji> {
  const [{ default: data }, { default: names }, { default: shortcodes }] = await Promise.all([
    ...(language === 'de' ? german() : english()),
    import('emojibase-data/en/shortcodes/github.json', { with: { type: 'json' } }),
  ])
  const called = new Map(Object.entries(shortcodes))
  const groups = names.groups.filter(({ key }) => key !== 'component')
  const shown = new Set<number | undefined>(groups.map(({ order }) => order))
  const toneNames = new Map<string, string>(names.skinTones.map(({ key, message }) => [key, message]))
  return {
    locale: language,
    categories: groups.map(({ order, message }) => ({ index: order, label: capital(message) })),
    skinTones: inTones((tone) => toneNames.get(tone) ?? tone),
    emojis: data.flatMap(({ emoji, hexcode, group, label, version, tags = [], skins = [] }) => {
      if (group === undefined || !shown.has(group) || version > newestVersion) return []
      const shared = {
        emoji: qualified(emoji),
        category: group,
        label: capital(label),
        version,
        tags,
        shortcodes: [called.get(hexcode) ?? []].flat(),
      }
      const single = skins.filter(({ tone }) => typeof tone === 'number')
      if (single.length !== tones.length) return [shared]
      return [{ ...shared, skins: inTones((_tone, i) => qualified(single[i]?.emoji ?? emoji)) }]
    }),
  }
}

function inTones(of: (tone: (typeof tones)[number], index: number) => string) {
  const [light, mediumLight, medium, mediumDark, dark] = tones.map(of)
  return {
    light: light ?? '',
    'medium-light': mediumLight ?? '',
    medium: medium ?? '',
    'medium-dark': mediumDark ?? '',
    dark: dark ?? '',
  }
}

/** As keyboards write it: one emoji is one text everywhere, and one reaction. */
function qualified(emoji: string): string {
  return emoji.replace(/(\p{Emoji_Presentation})\ufe0f/gu, '$1')
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}

function english() {
  return [
    import('emojibase-data/en/data.json', { with: { type: 'json' } }),
    import('emojibase-data/en/messages.json', { with: { type: 'json' } }),
  ] as const
}

function german() {
  return [
    import('emojibase-data/de/data.json', { with: { type: 'json' } }),
    import('emojibase-data/de/messages.json', { with: { type: 'json' } }),
  ] as const
}
