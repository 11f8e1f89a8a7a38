import { protocolLimits } from '@parlance/protocol/limits'
import { isReservedName, looksLikeGuest, normalizeName } from '@parlance/protocol/names'
import { nameFault } from '../../chat/names.ts'
import type { Fields } from './fields.ts'

/**
 * The name of a new account. The five contracts are looser than the native API: any characters that show
 * something on one line (SPEC AC22). Else a fault: nothing to be seen, over 64 characters, or a name that the server
 * speaks by or shows a guest by.
 */
export function accountName(fields: Fields, field: string): string {
  const name = readName(fields, field)
  if (isReservedName(name) || looksLikeGuest(name)) {
    fields.refuse(field, 'Value error, this name is reserved', 'this name is reserved')
  }
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
  const reason = nameFault(name)
  if (reason !== undefined) fields.refuse(field, `Value error, ${reason}`, reason)
  return name
}
