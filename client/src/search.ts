/** How people and rooms are found by name, in an application as on the server (SPEC AC19, AC30). */
// biome-ignore lint/performance/noBarrelFile: a page sees the protocol through the library.
export { type Found, findIn } from '@parlance/protocol/name-parts'
export { type KeyLetter, keyLetters, searchKey } from '@parlance/protocol/search-key'
