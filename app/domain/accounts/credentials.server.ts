import { and, eq, isNull, sql } from 'drizzle-orm'
import { voidLinks } from '#app/domain/mail/mail-links.server.ts'
import { db, type Tx } from '#db/client.ts'
import { invitations, users } from '#db/schema/index.ts'
import { verifyPassword } from './passwords.server.ts'
import { endSessionsOf } from './sessions.server.ts'

export type User = typeof users.$inferSelect

/** A password that was found right. It counts only as long as the account has this hash: lockVerifiedUser compares. */
export type VerifiedPassword = { userId: number; passwordHash: string }

/** Verifies the password of a user whose id is known; null when it is another. Do it before the transaction. */
export async function verifyUserPassword(userId: number, password: string): Promise<VerifiedPassword | null> {
  const [user] = await db.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, userId))
  const matches = await verifyPassword(user?.passwordHash ?? null, password)
  return user && matches ? { userId, passwordHash: user.passwordHash } : null
}

/**
 * Locks the row of a user whose password was verified before this transaction. Null when the password was changed
 * since then, and for a user who is suspended or deleted: whoever verified the former password gets nothing by it.
 */
export async function lockVerifiedUser(tx: Tx, verified: VerifiedPassword): Promise<User | null> {
  const user = await lockUser(tx, verified.userId)
  return user && user.passwordHash === verified.passwordHash ? user : null
}

/**
 * Locks the row of a user who is not suspended; null when there is none. Changes of a user's credentials and sign-ins
 * wait for each other here. The lock lets others go on that only refer to the user, such as an order.
 */
export async function lockUser(tx: Tx, userId: number): Promise<User | null> {
  const [user] = await tx
    .select()
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.disabledAt)))
    .for('no key update')
  return user ?? null
}

type CredentialColumns = Partial<{
  passwordHash: string
  email: string
  emailVerifiedAt: ReturnType<typeof sql>
  totpSecret: null
  totpEnabledAt: ReturnType<typeof sql> | null
  totpLastStep: number
}>

/**
 * The only way to change a user's password, address or second factor, as a step of the caller's transaction, which
 * has locked the row. Every link that was sent to the user is void afterwards. With password and factor all sessions
 * end too; the caller begins a new one where this browser stays signed in. A new password, or a factor taken away,
 * also voids invitations that the user sent and a second factor that is half set up: someone else may know them.
 */
export async function changeCredentials(tx: Tx, userId: number, changes: CredentialColumns): Promise<void> {
  const isPassword = 'passwordHash' in changes
  const isFactor = 'totpEnabledAt' in changes
  const unconfirmed = sql`case when ${users.totpEnabledAt} is null then null else ${users.totpSecret} end`
  await tx
    .update(users)
    .set({ ...(isPassword ? { totpSecret: unconfirmed } : {}), ...changes })
    .where(eq(users.id, userId))
  await voidLinks(tx, { userId })
  if (isPassword || isFactor) await endSessionsOf(tx, userId)
  if (isPassword || changes.totpEnabledAt === null)
    await tx.delete(invitations).where(eq(invitations.invitedById, userId))
}
