import type { Visibility } from '@parlance/client/models'
import { Globe, Hash, Lock } from 'lucide-react'
import { useAllTexts } from '../texts/late-texts.ts'
import { ChoiceCards } from '../ui/choice-cards.tsx'

/** Who may enter a room; direct conversations are made by themselves. */
export type RoomVisibility = Exclude<Visibility, 'direct'>

interface VisibilityChoiceProps {
  readonly value: RoomVisibility
  readonly onChange: (value: RoomVisibility) => void
  /** Guests make open rooms only. */
  readonly isGuest?: boolean
}

export function VisibilityChoice({ value, onChange, isGuest = false }: VisibilityChoiceProps) {
  const { rooms } = useAllTexts()
  const choices = [
    { value: 'public', label: rooms.public, about: rooms.publicAbout, icon: <Hash aria-hidden="true" /> },
    { value: 'private', label: rooms.private, about: rooms.privateAbout, icon: <Lock aria-hidden="true" /> },
    { value: 'open', label: rooms.open, about: rooms.openAbout, icon: <Globe aria-hidden="true" /> },
  ] as const
  return (
    <ChoiceCards
      label={rooms.visibility}
      value={value}
      choices={isGuest ? choices.slice(2) : choices}
      onChange={onChange}
    />
  )
}
