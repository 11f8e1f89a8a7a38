/** How names are compared and shown, for whoever knows only this library. */
// biome-ignore lint/performance/noBarrelFile: a page sees the protocol through the library.
export { displayName } from '@parlance/protocol/display-name'
export { isUserName, nameKey, normalizeName } from '@parlance/protocol/names'
