/**
 * A request's URL without the path of PUBLIC_URL, as every route is written. One that comes without it is left as it
 * is: a proxy may have taken it away.
 */
export function withoutPath(url: string, path: string): string {
  if (path === '' || !url.startsWith(path)) return url
  const rest = url.slice(path.length)
  if (rest === '' || rest.startsWith('?')) return `/${rest}`
  return rest.startsWith('/') ? rest : url
}
