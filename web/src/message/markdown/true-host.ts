const named = /(?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]{2,}/gu
/** What takes no place on the screen. */
const invisible = /\p{Cf}/gu
/** Letters of Europe beyond ASCII that pass for no other: not the dotless ı. */
const european = /^[\u00df-\u0130\u0132-\u017f]$/u
/** Scripts with letters that pass for Latin ones. */
const lookalike =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}]/u

/** Where a link leads to, where its text names another place, or shows letters that pass for others; else null. */
export function trueHost(href: string, text: string): string | null {
  const url = URL.parse(href)
  if (url === null) return null
  if (url.protocol === 'mailto:') return otherName(text, decoded(url.pathname))
  return otherName(text, url.host)
}

function otherName(text: string, name: string): string | null {
  const shown = plain(
    text
      .replace(invisible, '')
      .toLowerCase()
      .replace(/^(?:https?:\/\/|mailto:)/, ''),
  )
  const own = plain(name)
  const bare = own.replace(/:\d+$/, '')
  if (begins(shown, own) || asWritten(/^[^/?#:@]*(?=[/?#:]|$)/.exec(shown)?.[0] ?? '') === bare) return null
  // Something may stand before the host that only looks like one: all that look like hosts are compared.
  const hosts = shown.match(named) ?? []
  return hosts.every((host) => plain(host) === bare || asWritten(plain(host)) === bare) ? null : name
}

/** Whether a text is this place, or one in it. */
function begins(shown: string, own: string): boolean {
  return shown === own || ['/', '?', '#'].some((end) => shown.startsWith(own + end))
}

/** A host of other than ASCII letters in the form in which it is looked up, where all of it reads as what it is. */
function asWritten(host: string): string | undefined {
  const ending = host.slice(host.lastIndexOf('.') + 1)
  const letters = Array.from(host).filter((letter) => letter > '\u007f')
  if (letters.some((letter) => lookalike.test(letter)) && !/[^\p{ASCII}]/u.test(ending)) return undefined
  if (letters.some((letter) => /\p{Script=Latin}/u.test(letter) && !european.test(letter))) return undefined
  const url = URL.parse(`http://${host}`)
  return url === null ? undefined : plain(url.hostname)
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}

function plain(host: string): string {
  return host.replace(/^www\./, '')
}
