const schemes = new Set(['http:', 'https:', 'mailto:'])
const named = /(?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]{2,}/gu
/** What takes no place on the screen. */
const invisible = /\p{Cf}/gu

export interface SafeLink {
  readonly href: string
  /** Its host, where the text names another one. */
  readonly host: string | null
}

/** A link that may be followed: a whole address of the web or of mail; undefined for everything else. */
export function safeLink(href: string, text: string): SafeLink | undefined {
  const url = URL.parse(href)
  if (url === null || !schemes.has(url.protocol)) return undefined
  if (url.protocol === 'mailto:') return { href: url.href, host: otherName(text, url.pathname) }
  return { href: url.href, host: otherName(text, url.host) }
}

/** The true name, where the text shows one that is not it. */
function otherName(text: string, name: string): string | null {
  const shown = plain(
    text
      .replace(invisible, '')
      .toLowerCase()
      .replace(/^https?:\/\//, ''),
  )
  const own = plain(name)
  if (shown === own || ['/', '?', '#'].some((end) => shown.startsWith(own + end))) return null
  const hosts = shown.match(named) ?? []
  return hosts.every((host) => plain(host) === own.replace(/:\d+$/, '')) ? null : name
}

function plain(host: string): string {
  return host.replace(/^www\./, '')
}
