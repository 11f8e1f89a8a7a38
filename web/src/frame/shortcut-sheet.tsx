import { shortcuts as de } from '../texts/de/shortcuts.ts'
import { shortcuts as en } from '../texts/en/shortcuts.ts'
import { useLanguage } from '../texts/texts.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Keys } from './keys.tsx'
import styles from './shortcut-sheet.module.css'
import { shortcuts } from './shortcuts.ts'

/** They come with the sheet. */
const catalogues = { en, de }

const groups = ['everywhere', 'composer', 'messages'] as const

/** What can be done by keyboard. */
export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const texts = catalogues[useLanguage()]
  return (
    <Dialog title={texts.title} isOpen onClose={onClose} width="lg">
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group}>
            <h3 className={styles.title}>{texts[group]}</h3>
            <dl className={styles.list}>
              {shortcuts[group].map(({ does, keys }) => (
                <div key={does} className={styles.row}>
                  <dt>{texts[does]}</dt>
                  <dd>
                    <Keys keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
