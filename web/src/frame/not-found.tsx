import { Compass } from 'lucide-react'
import { useEffect } from 'react'
import { Link } from 'wouter'
import { paths } from '../paths.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { Empty } from '../ui/empty.tsx'

interface NotFoundProps {
  /** Whether somebody is logged in, who has rooms to go to. */
  readonly isIn: boolean
}

/** An address that leads nowhere, and the ways on. */
export function NotFound({ isIn }: NotFoundProps) {
  const { common, entry, rooms } = useAllTexts()
  useEffect(() => {
    document.title = `${common.notFound} · ${common.appName}`
  }, [common])
  return (
    <Empty icon={<Compass />} title={common.notFound}>
      <p>{common.notFoundAbout}</p>
      {isIn ? (
        <>
          <Link href={paths.home}>{rooms.backToRooms}</Link>
          <Link href={paths.browse}>{rooms.browse}</Link>
        </>
      ) : (
        <>
          <Link href={paths.home}>{common.toStart}</Link>
          <Link href={paths.logIn}>{entry.logIn}</Link>
        </>
      )}
    </Empty>
  )
}
