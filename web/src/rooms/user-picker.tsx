import { Combobox } from '@base-ui/react/combobox'
import type { User, UserId } from '@parlance/client/models'
import { searchKey } from '@parlance/client/search'
import { useId, useState } from 'react'
import { Awaited } from '../offline/awaited.tsx'
import { errorText } from '../texts/error-text.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { Avatar } from '../ui/avatar.tsx'
import { useNotReady } from '../ui/late.tsx'
import { useUserSearch } from './use-user-search.ts'
import styles from './user-picker.module.css'

interface UserPickerProps {
  readonly label: string
  readonly isBusy: boolean
  readonly onPick: (user: UserId) => void
}

/** A field and under it the accounts that it finds; Enter or a click takes one. */
export function UserPicker({ label, isBusy, onPick }: UserPickerProps) {
  const texts = useAllTexts()
  const id = useId()
  const [name, setName] = useState('')
  const { found: users, error, isSearching } = useUserSearch(name)
  useNotReady(isSearching)
  const found = users ?? []
  const isEmpty = searchKey(name) === ''
  return (
    <Combobox.Root
      inline
      open
      items={found}
      filter={null}
      autoHighlight
      disabled={isBusy}
      value={null}
      inputValue={name}
      onInputValueChange={(value, { reason }) => setName(reason === 'item-press' ? '' : value)}
      itemToStringLabel={(user: User) => user.name}
      onValueChange={(user: User | null) => {
        if (user?.id != null) onPick(user.id)
      }}
    >
      <div className={styles.picker}>
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
        <Combobox.Input
          id={id}
          className={styles.input}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <Combobox.List className={styles.list} aria-label={texts.rooms.people}>
          {found.map((user) => (
            <Combobox.Item key={user.id} value={user} className={styles.item}>
              <Avatar user={user} size="sm" />
              <span className={styles.name} dir="auto">
                {user.name}
              </span>
            </Combobox.Item>
          ))}
        </Combobox.List>
        <p role="status" className={styles.status}>
          {error !== undefined && errorText(texts, error)}
          {error === undefined && isEmpty && texts.rooms.personHint}
          {error === undefined && !isEmpty && users?.length === 0 && texts.rooms.nobody}
        </p>
        {error === undefined && !isEmpty && users === undefined && <Awaited />}
      </div>
    </Combobox.Root>
  )
}
