import { useMemo } from 'react'
import { errorText } from '../texts/error-text.ts'
import { useTexts } from '../texts/texts.ts'

/** Says something in passing: `say('Copied')`, and `fail(error)` for what went wrong. The code comes with the first. */
export function useToasts() {
  const texts = useTexts()
  return useMemo(
    () => ({
      say: (title: string) => void show({ title }),
      fail: (error: unknown) =>
        void show({ title: errorText(texts, error), type: 'error', priority: 'high' }),
    }),
    [texts],
  )
}

async function show(toast: { title: string; type?: string; priority?: 'high' }): Promise<void> {
  const { showToast } = await import('./toast-layer.tsx')
  showToast(toast)
}
