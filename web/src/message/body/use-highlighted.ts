import { type ReactNode, useEffect, useState } from 'react'

/** Longer code stays uncoloured: it would hold up the page. */
const maxLength = 8_000

/** Code in colours, once the highlighter is here; undefined until then, and where it does not know the language. */
export function useHighlighted(language: string, text: string): ReactNode | undefined {
  const [done, setDone] = useState<{ readonly text: string; readonly nodes: ReactNode }>()
  useEffect(() => {
    if (language === '' || text.length > maxLength) return
    let isWanted = true
    import('./highlight.ts')
      .then(({ highlight }) => {
        const nodes = highlight(language, text)
        if (isWanted && nodes !== undefined) setDone({ text, nodes })
      })
      // Without the chunk it is code without colours.
      .catch(() => {})
    return () => {
      isWanted = false
    }
  }, [language, text])
  return done?.text === text ? done.nodes : undefined
}
