import { useAccount } from '../chat/client.ts'
import { useTexts } from '../texts/texts.ts'
import { lateScreen } from '../ui/late.tsx'
import { ScreenHeader } from './screen-header.tsx'

const BrowseRooms = lateScreen(async () => (await import('./browse-rooms.tsx')).BrowseRooms)

/** The rooms that are open to one. */
export function BrowseScreen() {
  const { rooms } = useTexts()
  const isGuest = useAccount().kind === 'guest'
  return (
    <>
      <ScreenHeader title={isGuest ? rooms.browseOpen : rooms.browse} />
      <BrowseRooms />
    </>
  )
}
