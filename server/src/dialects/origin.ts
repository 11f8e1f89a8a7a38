/** What stands in an `Origin` header beside `null` (RFC 6454 §7): a scheme, a host, a port; nothing of a path or a user. */
const spelling = /^https?:\/\/[^\s/?#@\\]+$/i

/**
 * The one spelling of an origin: scheme and host in lower case, the scheme's own port gone, names beyond ASCII as
 * punycode, no dot at the end of the host (DNS: the same name). Undefined for `null` and all that is no web origin.
 */
export function originOf(text: string): string | undefined {
  const url = spelling.test(text) ? URL.parse(text) : null
  if (url === null) return undefined
  return `${url.protocol}//${url.host.replace(/\.(?=$|:\d+$)/, '')}`
}
