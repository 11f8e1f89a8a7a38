import type { Message } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { useAccount } from '../chat/client.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { personName } from '../texts/person-name.ts'
import { Confirm } from '../ui/confirm.tsx'

interface RemoveMessageProps {
  readonly room: Room
  readonly message: Message
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Asks before a message is deleted. */
export function RemoveMessage({ room, message, isOpen, onClose }: RemoveMessageProps) {
  const { messages, common } = useAllTexts()
  const account = useAccount()
  const isOwn = message.author.id === account.id
  return (
    <Confirm
      title={messages.deleteTitle}
      action={common.delete}
      isOpen={isOpen}
      onClose={onClose}
      onConfirm={() => room.delete(message.id)}
    >
      {isOwn ? messages.deleteOwn : messages.deleteOther(personName(common, message.author))}
    </Confirm>
  )
}
