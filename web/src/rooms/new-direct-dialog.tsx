import { useState } from 'react'
import { useLocation } from 'wouter'
import { useClient } from '../chat/client.ts'
import { roomPath } from '../paths.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { Dialog } from '../ui/dialog.tsx'
import { useToasts } from '../ui/toasts.ts'
import { UserPicker } from './user-picker.tsx'

/** Finds somebody and opens the conversation of the two. */
export function NewDirectDialog({ onClose }: { readonly onClose: () => void }) {
  const { rooms } = useAllTexts()
  const client = useClient()
  const toasts = useToasts()
  const [, go] = useLocation()
  const [isBusy, setBusy] = useState(false)
  const open = async (user: number) => {
    setBusy(true)
    try {
      const room = await client.request({ type: 'direct.open', user })
      onClose()
      go(roomPath(room.id))
    } catch (error) {
      toasts.fail(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog title={rooms.newDirect} isOpen onClose={onClose}>
      <UserPicker label={rooms.personName} isBusy={isBusy} onPick={(user) => void open(user)} />
    </Dialog>
  )
}
