/** How names are compared and shown, for whoever knows only this library. */
// biome-ignore lint/performance/noBarrelFile: a page sees the protocol through the library.
export { displayName, isUserName, nameKey, normalizeName } from '@parlance/protocol/names'
