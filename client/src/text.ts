/** What texts mean, by the rules of docs/MARKDOWN.md: the server's own parser, for pages that show messages. */

export type { Candidate, MentionSpan } from '@parlance/protocol/text/candidates'
// biome-ignore lint/performance/noBarrelFile: a page sees the protocol through the library.
export { candidatesIn, resolveMentions } from '@parlance/protocol/text/candidates'
export { isUnspaced } from '@parlance/protocol/text/characters'
export { mayMention, mentionCandidates, mentionSpans } from '@parlance/protocol/text/mentions'
export { isMentionable } from '@parlance/protocol/text/name-runs'
export type { Block, Cell, Inline, LinkNode, ListItem, MentionNode } from '@parlance/protocol/text/nodes'
export { parseText } from '@parlance/protocol/text/parse-text'
export { plainText } from '@parlance/protocol/text/plain-text'
export { unturned } from '@parlance/protocol/text/unturned'
