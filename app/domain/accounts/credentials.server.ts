import { and, eq, isNull, sql } from 'drizzle-orm'
import { revokeLinks } from '#app/domain/mail/email-links.server.ts'
import { db, type Tx } from '#db/client.ts'
import { invitations, users } from '#db/schema/index.ts'
import { verifyPassword } from './passwords.server.ts'
import { endUserSessions } from './sessions.server.ts'

export type User = typeof users.$inferSelect

/** A verified password. Valid only while the account has this hash: lockVerifiedUser compares it. */
export type VerifiedPassword = { userId: number; passwordHash: string }

/** Verifies the password of a known user id; null when it does not match. Call it before the transaction. */
export async function verifyUserPassword(userId: number, password: string): Promise<VerifiedPassword | null> {
  const [user] = await db.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, userId))
  const matches = await verifyPassword(user?.passwordHash ?? null, password)
  return user && matches ? { userId, passwordHash: user.passwordHash } : null
}

/**
 * Locks the row of a user whose password was verified before this transaction. Null when the password was changed since
 * then, or when the user is suspended or deleted: a former password gives no access.
 */
export async function lockVerifiedUser(tx: Tx, verified: VerifiedPassword): Promise<User | null> {
  const user = await lockUser(tx, verified.userId)
  return user && user.passwordHash === verified.passwordHash ? user : null
}

/**
 * Locks the row of a user who is not suspended; null when there is none. Serializes changes of a user's credentials and
 * sign-ins. The lock mode does not block rows that only reference the user, such as an order.
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
 * The only way to change a user's password, email or two-factor secret, as a step of the caller's transaction, which
 * has locked the row. Voids every link that was sent to the user. A new password or a two-factor change also ends all
 * sessions; the caller starts a new one where this browser stays signed in. A new password, or removed two-factor
 * authentication, also voids invitations that the user sent and an unfinished two-factor setup: someone else may know
 * them.
 */
export async function changeCredentials(tx: Tx, userId: number, changes: CredentialColumns): Promise<void> {
  const isPassword = 'passwordHash' in changes
  const isFactor = 'totpEnabledAt' in changes
  const unconfirmed = sql`case when ${users.totpEnabledAt} is null then null else ${users.totpSecret} end`
  await tx
    .update(users)
    .set({ ...(isPassword ? { totpSecret: unconfirmed } : {}), ...changes })
    .where(eq(users.id, userId))
  await revokeLinks(tx, { userId })
  if (isPassword || isFactor) await endUserSessions(tx, userId)
  if (isPassword || changes.totpEnabledAt === null)
    await tx.delete(invitations).where(eq(invitations.invitedById, userId))
}
