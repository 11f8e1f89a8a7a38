import { type Block, plainText } from '@parlance/client/text'
import { inOneLine } from './in-one-line.ts'

/** Blocks in one line. */
export function lineOf(blocks: readonly Block[]): string {
  return inOneLine(plainText(blocks.map(withoutLanguage)))
}

function withoutLanguage(block: Block): Block {
  return block.kind === 'code' ? { ...block, info: '' } : block
}
