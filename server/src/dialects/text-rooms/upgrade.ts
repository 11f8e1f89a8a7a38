import type { ContractContext } from '../contract/context.ts'
import type { Upgrade } from '../visit.ts'

export function textRoomsUpgrade(_context: ContractContext): Upgrade {
  return () => false
}
