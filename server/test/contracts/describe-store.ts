import { describe } from 'node:test'
import { testAccounts } from './store/accounts.ts'
import { testCredentials } from './store/credentials.ts'
import { testFind } from './store/find.ts'
import { testFold } from './store/fold.ts'
import { testGuests } from './store/guests.ts'
import { testInvites } from './store/invites.ts'
import { testLog } from './store/log.ts'
import { testMembers } from './store/members.ts'
import { testMessages } from './store/messages.ts'
import { testNonces } from './store/nonces.ts'
import { testReads } from './store/reads.ts'
import { testRemoval } from './store/removal.ts'
import { testRights } from './store/rights.ts'
import { testRooms } from './store/rooms.ts'
import { testSessions } from './store/sessions.ts'
import type { MakeStore } from './store/town.ts'

/** The suite of the port `Store`: run for every adapter. `make` gives a new, empty store. */
export function describeStore(name: string, make: MakeStore): void {
  describe(`Store, ${name}`, { concurrency: 4 }, () => {
    testLog(make)
    testNonces(make)
    testMessages(make)
    testMembers(make)
    testRooms(make)
    testRights(make)
    testGuests(make)
    testInvites(make)
    testReads(make)
    testAccounts(make)
    testCredentials(make)
    testFind(make)
    testRemoval(make)
    testSessions(make)
    testFold(make)
  })
}
