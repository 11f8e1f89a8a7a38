import type { Texts } from './texts.ts'

/** The close code of a page whose origin the server does not take for its own. */
const badOrigin = 4505

/** Why the server has closed the connection for good, by the code it gave. */
export function refusalText({ entry, errors }: Texts, code: number): string {
  if (code === badOrigin) return errors.bad_origin(location.origin)
  const { [code]: sentence = entry.refused }: Readonly<Record<number, string>> = entry.refusedBy
  return sentence
}
