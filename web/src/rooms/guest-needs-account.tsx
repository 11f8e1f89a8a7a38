import { useClient } from '../chat/client.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { Button } from '../ui/button.tsx'
import { useToasts } from '../ui/toasts.ts'

/** The way of a guest to where only accounts come in: out, and in again. The address stays, and so does what it leads to. */
export function GuestNeedsAccount() {
  const { rooms } = useAllTexts()
  const client = useClient()
  const toasts = useToasts()
  return (
    <>
      <p>{rooms.guestNeedsAccount}</p>
      <Button
        tone="primary"
        onClick={() => {
          client.logOut().catch(toasts.fail)
        }}
      >
        {rooms.logOutForAccount}
      </Button>
    </>
  )
}
