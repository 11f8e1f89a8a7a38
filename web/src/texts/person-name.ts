import type { User } from '@parlance/client/models'
import { displayName } from '@parlance/client/names'
import type { Texts } from './texts.ts'

/** What somebody is called wherever people read it: a guest is said to be one (SPEC AC23), who is gone has no name. */
export function personName({ guest, deletedUser }: Names, user: Pick<User, 'name' | 'kind'>): string {
  return user.kind === 'deleted' ? deletedUser : displayName(user, guest)
}

type Names = Pick<Texts['common'], 'guest' | 'deletedUser'>
