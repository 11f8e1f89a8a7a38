import type { ContractContext } from '../contract/context.ts'
import type { Upgrade } from '../visit.ts'

export function envelopeUpgrade(_context: ContractContext): Upgrade {
  return () => false
}
