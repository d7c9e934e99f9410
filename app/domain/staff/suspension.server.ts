import { eq, sql } from 'drizzle-orm'
import { users } from '#db/schema/index.ts'
import { changeUser, type ChangeUserResult, revokeAccess } from './change-user.server.ts'
import { endUserSessions } from '#app/domain/accounts/sessions.server.ts'

type SuspensionInput = { userId: number; by: number; among: 'staff' | 'customers' }

/** Suspends a user until it is lifted: no sign-in, no password reset, and all sessions end immediately. */
export async function suspendUser(input: SuspensionInput): Promise<ChangeUserResult> {
  return changeUser(input, async (tx, { user }) => {
    if (user.disabledAt) return { ok: true }
    await tx
      .update(users)
      .set({ disabledAt: sql`now()` })
      .where(eq(users.id, user.id))
    await revokeAccess(tx, user.id)
    return { ok: true }
  })
}

/** Lifts a suspension. */
export async function unsuspendUser(input: SuspensionInput): Promise<ChangeUserResult> {
  return changeUser(input, async (tx, { user }) => {
    await tx.update(users).set({ disabledAt: null }).where(eq(users.id, user.id))
    return { ok: true }
  })
}

/** Signs a user out on all devices. */
export async function signOutUser(input: SuspensionInput): Promise<ChangeUserResult> {
  return changeUser(input, async (tx, { user }) => {
    await endUserSessions(tx, user.id)
    return { ok: true }
  })
}
