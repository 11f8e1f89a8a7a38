import type { TimelineSnapshot } from '@parlance/client/room'
import { Awaited } from '../offline/awaited.tsx'
import { errorText } from '../texts/error-text.ts'
import { useTexts } from '../texts/texts.ts'
import { Button } from '../ui/button.tsx'
import { Spinner } from '../ui/spinner.tsx'
import styles from './page-edge.module.css'

interface PageEdgeProps {
  readonly error: TimelineSnapshot['error']
  readonly onRetry: () => void
}

/** Where more messages are about to come, or could not be read. */
export function PageEdge({ error, onRetry }: PageEdgeProps) {
  const texts = useTexts()
  return (
    <div className={styles.edge}>
      {error === null ? (
        <Awaited>
          <Spinner label={texts.common.loading} />
        </Awaited>
      ) : (
        <>
          <span role="alert">{errorText(texts, error)}</span>
          <Button size="sm" onClick={onRetry}>
            {texts.common.retry}
          </Button>
        </>
      )}
    </div>
  )
}
