import { eq, sql } from 'drizzle-orm'
import { users } from '#db/schema/index.ts'
import { changePerson, type ChangePersonResult, endPowersOf } from './change-person.server.ts'
import { endSessionsOf } from './sessions.server.ts'

type About = { userId: number; by: number; among: 'staff' | 'customers' }

/** Keeps somebody out until it is lifted: no signing in, no new password, and all sessions end at once. */
export async function suspend(input: About): Promise<ChangePersonResult> {
  return changePerson(input, async (tx, { person }) => {
    if (person.disabledAt) return { ok: true }
    await tx
      .update(users)
      .set({ disabledAt: sql`now()` })
      .where(eq(users.id, person.id))
    await endPowersOf(tx, person.id)
    return { ok: true }
  })
}

/** Lets somebody in again. */
export async function liftSuspension(input: About): Promise<ChangePersonResult> {
  return changePerson(input, async (tx, { person }) => {
    await tx.update(users).set({ disabledAt: null }).where(eq(users.id, person.id))
    return { ok: true }
  })
}

/** Signs somebody out everywhere. */
export async function endSessionsOfPerson(input: About): Promise<ChangePersonResult> {
  return changePerson(input, async (tx, { person }) => {
    await endSessionsOf(tx, person.id)
    return { ok: true }
  })
}
