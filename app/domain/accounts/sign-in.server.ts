import { createHash, randomBytes } from 'node:crypto'
import { and, eq, gt, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '#db/client.ts'
import { pendingSignIns, users } from '#db/schema/index.ts'
import type { Role } from '#app/domain/access/roles.ts'
import { lockUser, lockVerifiedUser, type User, type VerifiedPassword } from './credentials.server.ts'
import { verifyPassword } from './passwords.server.ts'
import { beginUserSession, type SignedIn } from './user-session.server.ts'
import { checkTwoFactorCode, isTwoFactorReadable } from './two-factor.server.ts'

type Browser = { formerSessionId: number | null; userAgent: string }

/** How long the second step of a sign-in may take after the password, in minutes. */
export const pendingMinutes = 10

/** The user with this email and password; null when either is wrong or the account is suspended. */
export async function verifyCredentials(input: {
  email: string
  password: string
}): Promise<VerifiedPassword | null> {
  const [user] = await db.select().from(users).where(eq(users.email, input.email))
  const matches = await verifyPassword(user?.passwordHash ?? null, input.password)
  if (!user || !matches || user.disabledAt !== null) return null
  return { userId: user.id, passwordHash: user.passwordHash }
}

/** The result of a correct password: a session, or the token of a sign-in that waits for the two-factor code. */
export type SignInStep = { signedIn: SignedIn } | { pendingToken: string }

/**
 * Signs in the user whose password was verified, or starts the two-factor step. Null when the password was changed, or
 * the account suspended, after it was verified: the hash is compared under the lock.
 */
export async function signIn(
  input: Browser & { verified: VerifiedPassword },
): Promise<(SignInStep & { role: Role }) | null> {
  return transaction(async (tx) => {
    const user = await lockVerifiedUser(tx, input.verified)
    return user && { role: user.role, ...(await beginSignIn(tx, user, input)) }
  })
}

/** signIn as a step of the caller's transaction, which has locked the user's row and compared the password. */
export async function beginSignIn(tx: Tx, user: User, browser: Browser): Promise<SignInStep> {
  if (!user.totpEnabledAt) return { signedIn: (await beginUserSession(tx, { ...browser, userId: user.id }))! }
  const pendingToken = randomBytes(32).toString('base64url')
  await tx.insert(pendingSignIns).values({
    tokenHash: sha256(pendingToken),
    userId: user.id,
    credentialsHash: credentialsHash(user),
    expiresAt: sql`now() + make_interval(mins => ${pendingMinutes})`,
  })
  return { pendingToken }
}

/** The sign-in that waits for its two-factor code; null when it was finished, has expired or never existed. */
export async function findPendingSignIn(token: string): Promise<{ id: number; userId: number } | null> {
  const [pending] = await db
    .select({ id: pendingSignIns.id, userId: pendingSignIns.userId })
    .from(pendingSignIns)
    .where(and(eq(pendingSignIns.tokenHash, sha256(token)), gt(pendingSignIns.expiresAt, sql`now()`)))
  return pending ?? null
}

export type ConfirmSignInResult =
  ({ ok: true } & SignedIn) | { ok: false; reason: 'expired' | 'wrong-code' | 'secret-lost' }

/**
 * Finishes a sign-in with the two-factor code, once. 'expired' also when the password, email or two-factor secret was
 * changed since the password was verified. 'secret-lost' for a wrong code when authenticator codes cannot be checked
 * because SESSION_SECRET no longer holds the secret that encrypted theirs; recovery codes still work then.
 */
export async function confirmSignIn(
  input: Browser & { pendingToken: string; code: string; now: Date },
): Promise<ConfirmSignInResult> {
  const found = await findPendingSignIn(input.pendingToken)
  if (!found) return { ok: false, reason: 'expired' }
  const { id, userId } = found
  return transaction(async (tx) => {
    const user = await lockUser(tx, userId)
    const [pending] = await tx.select().from(pendingSignIns).where(eq(pendingSignIns.id, id))
    if (!user || !pending?.credentialsHash.equals(credentialsHash(user)))
      return { ok: false, reason: 'expired' }
    if (!(await checkTwoFactorCode(tx, { ...input, userId })))
      return { ok: false, reason: isTwoFactorReadable(user) ? 'wrong-code' : 'secret-lost' }
    await tx.delete(pendingSignIns).where(eq(pendingSignIns.id, id))
    return { ok: true, ...(await beginUserSession(tx, { ...input, userId }))! }
  })
}

/** Differs after each change of password, email or two-factor secret. */
function credentialsHash({ email, passwordHash, totpEnabledAt }: User): Buffer {
  return sha256(JSON.stringify([email, passwordHash, totpEnabledAt]))
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
