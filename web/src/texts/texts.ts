import { createContext, use, useEffect, useState } from 'react'
import { usePreferences } from '../preferences.ts'
import { en } from './en.ts'

/** A catalogue: the same keys as the English one, with texts or functions that give texts. */
export type Texts = Loose<typeof en>

/** The same keys, with texts or functions that give texts. */
export type Loose<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...args: infer A) => string
      ? (...args: A) => string
      : Loose<T[K]>
}

export type Language = 'en' | 'de'

interface Spoken {
  readonly language: Language
  readonly texts: Texts
}

const english: Spoken = { language: 'en', texts: en }

export const TextsContext = createContext<Spoken>(english)

/** The catalogue of the language that is spoken. */
export function useTexts(): Texts {
  return use(TextsContext).texts
}

/** The language that is spoken, for dates and numbers. */
export function useLanguage(): Language {
  return use(TextsContext).language
}

/** Follows the preference, or the browser where there is none; undefined until the catalogue is here. */
export function useSpoken(): Spoken | undefined {
  const { language } = usePreferences()
  const wanted = language === 'system' ? systemLanguage() : language
  const [spoken, setSpoken] = useState<Spoken | undefined>(wanted === 'en' ? english : undefined)
  useEffect(() => {
    let isWanted = true
    void load(wanted)
      // The chunk may be out of reach: better English than nothing.
      .catch(() => english)
      .then((loaded) => {
        if (!isWanted) return
        document.documentElement.lang = loaded.language
        setSpoken(loaded)
      })
    return () => {
      isWanted = false
    }
  }, [wanted])
  return spoken
}

async function load(language: Language): Promise<Spoken> {
  if (language === 'en') return english
  const { de } = await import('./de.ts')
  return { language, texts: de }
}

function systemLanguage(): Language {
  return navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'de' || tag === 'en') ===
    'de'
    ? 'de'
    : 'en'
}
