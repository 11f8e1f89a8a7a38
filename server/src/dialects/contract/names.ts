import { protocolLimits } from '@parlance/protocol/limits'
import { isReserved, normalizeName } from '../../chat/names.ts'
import type { Fields } from './fields.ts'

/**
 * The name of a new account. The five contracts are looser than the native API: any characters but control ones.
 * Else a fault: empty, over 64 characters, or a name that the server speaks by.
 */
export function accountName(fields: Fields, field: string): string {
  const name = readName(fields, field)
  if (isReserved(name)) fields.refuse(field, 'Value error, this name is reserved', 'this name is reserved')
  return name
}

/** The name of a new room: the same, and none is reserved. */
export function roomName(fields: Fields, field: string): string {
  return readName(fields, field)
}

function readName(fields: Fields, field: string): string {
  const faults = fields.faults.length
  const name = normalizeName(fields.string(field))
  if (fields.faults.length > faults) return name
  if ([...name].length > protocolLimits.nameLength) {
    fields.refuseLength(field, protocolLimits.nameLength)
    return name
  }
  const reason = reasonAgainst(name)
  if (reason !== undefined) fields.refuse(field, `Value error, ${reason}`, reason)
  return name
}

function reasonAgainst(name: string): string | undefined {
  if (name === '') return 'a name is not empty'
  return /\p{Cc}/u.test(name) ? 'a name holds no control characters' : undefined
}
