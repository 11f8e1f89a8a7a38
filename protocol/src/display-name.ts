/** How a name stands where people read it: a guest's says that it is one, so that it is never taken for an account's. */
export function displayName(
  { name, kind }: { readonly name: string; readonly kind: 'user' | 'guest' | 'deleted' },
  guest = 'guest',
): string {
  return kind === 'guest' ? `${name} (${guest})` : name
}
