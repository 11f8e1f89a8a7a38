import { useEffect } from 'react'
import { keptAs } from '../base.ts'
import { useClient } from '../chat/client.ts'

/** Whoever comes in by one tab is in by the others that show the way in too: they share the session. */
export function useOtherTabs(): void {
  const client = useClient()
  useEffect(() => {
    const tabs = new BroadcastChannel(`${keptAs}.entry`)
    // How it goes is in the snapshot.
    tabs.onmessage = () => void client.connect().catch(() => {})
    return () => {
      if (client.getSnapshot().account !== null) tabs.postMessage('in')
      tabs.close()
    }
  }, [client])
}
