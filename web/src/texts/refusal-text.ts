import type { Texts } from './texts.ts'

/** The close code of a page whose origin the server does not take for its own. */
const badOrigin = 4505

/** Why the server has closed the connection for good, by the code it gave. */
export function refusalText({ errors, offline }: Texts, code: number): string {
  if (code === badOrigin) return errors.bad_origin(location.origin)
  const { [code]: sentence = offline.refused }: Readonly<Record<number, string>> = offline.refusedBy
  return sentence
}
