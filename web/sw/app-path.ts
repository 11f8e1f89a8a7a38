/** The app's places, as in `src/paths.ts`: the worker shows the kept page there when the server is out of reach. */
const places = /^\/(?:$|(?:log-in|sign-up|browse|invite|settings)\/?$|settings\/|r\/)/

export function isAppPath(path: string): boolean {
  return places.test(path)
}
