import { type Setting, settingNames, settings } from './settings.ts'

function rows(): { name: string; fallback: string; about: string }[] {
  return settingNames.map((name) => {
    const { about, shown, fallback = '' }: Setting<unknown> = settings[name]
    return { name, about, fallback: shown ?? fallback }
  })
}

/** The table of settings as Markdown, for the README. */
export function markdownSettings(): string {
  const lines = rows().map(({ name, fallback, about }) => `| \`${name}\` | ${fallback} | ${about} |`)
  return ['| Setting | Default | What it is |', '|---|---|---|', ...lines].join('\n')
}

/** The table of settings for a terminal. */
export function plainSettings(): string {
  const width = Math.max(...rows().map(({ name }) => name.length))
  return rows()
    .map(({ name, fallback, about }) => `  ${name.padEnd(width)}  ${about} (${fallback})`.replaceAll('`', ''))
    .join('\n')
}
