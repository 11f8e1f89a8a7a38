import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useClient } from '../chat/client.ts'
import { roomPath } from '../paths.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import dialog from '../ui/dialog.module.css'
import { useToasts } from '../ui/toasts.ts'
import { useBack } from '../ui/use-back.ts'
import styles from './switcher.module.css'
import { SwitcherRow } from './switcher-row.tsx'
import { type SwitcherGroup, type SwitcherItem, useSwitcherGroups } from './use-switcher-groups.ts'

/** Goes to a room, a person or a thing to do by a few letters. */
export function Switcher({ onClose }: { readonly onClose: () => void }) {
  const { rooms } = useAllTexts()
  const client = useClient()
  const toasts = useToasts()
  const [, go] = useLocation()
  const [search, setSearch] = useState('')
  const groups = useSwitcherGroups(search)
  useBack(true, onClose)
  const choose = async (item: SwitcherItem) => {
    onClose()
    try {
      switch (item.kind) {
        case 'own':
        case 'listed':
          return go(roomPath(item.room.id))
        case 'person':
          if (item.user.id === null) return
          return go(roomPath((await client.request({ type: 'direct.open', user: item.user.id })).id))
        case 'command':
          return item.command.run()
      }
    } catch (error) {
      toasts.fail(error)
    }
  }
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Viewport className={styles.viewport}>
          <Dialog.Popup className={styles.popup} aria-label={rooms.find}>
            <Autocomplete.Root
              inline
              open
              items={groups}
              filter={null}
              autoHighlight="always"
              keepHighlight
              value={search}
              onValueChange={(value, { reason }) => {
                if (reason !== 'item-press') setSearch(value)
              }}
              itemToStringValue={(item: SwitcherItem) => item.name}
            >
              <div className={styles.line}>
                <Search aria-hidden="true" />
                <Autocomplete.Input
                  className={styles.input}
                  aria-label={rooms.find}
                  placeholder={rooms.find}
                  autoComplete="off"
                  spellCheck={false}
                />
              </div>
              <Autocomplete.Empty>
                <p className={styles.empty}>{search.trim() === '' ? null : rooms.switcherNone}</p>
              </Autocomplete.Empty>
              <Autocomplete.List className={styles.list}>
                {(group: SwitcherGroup) => (
                  <Autocomplete.Group key={group.value} items={group.items}>
                    <Autocomplete.GroupLabel className={styles.label}>{group.value}</Autocomplete.GroupLabel>
                    <Autocomplete.Collection>
                      {(item: SwitcherItem) => (
                        <SwitcherRow key={item.key} item={item} onChoose={() => void choose(item)} />
                      )}
                    </Autocomplete.Collection>
                  </Autocomplete.Group>
                )}
              </Autocomplete.List>
            </Autocomplete.Root>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
