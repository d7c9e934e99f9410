import { createHash, randomBytes } from 'node:crypto'
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm'
import { db, transaction } from '#db/client.ts'
import { carts, sessions, users } from '#db/schema/index.ts'
import type { SessionUser } from './accounts.ts'

export type Session = { id: number; user: SessionUser | null }

const guestDays = 90
const staffHours = 12

/** The live session of a cookie's token; null when it is unknown, over, or its user is disabled. */
export async function findSession(token: string): Promise<Session | null> {
  const [row] = await db
    .select({
      id: sessions.id,
      userId: users.id,
      email: users.email,
      name: users.name,
      role: users.role,
    })
    .from(sessions)
    .leftJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.tokenHash, hashToken(token)),
        gt(sessions.expiresAt, sql`now()`),
        or(isNull(sessions.userId), isNull(users.disabledAt)),
      ),
    )
  if (!row) return null
  const { id, userId, email, name, role } = row
  return { id, user: userId === null ? null : { id: userId, email: email!, name: name!, role: role! } }
}

/** Begins a guest's session and returns its token, which is never stored. */
export async function startGuestSession(userAgent: string): Promise<{ id: number; token: string }> {
  const token = newToken()
  const [row] = await db
    .insert(sessions)
    .values({
      tokenHash: hashToken(token),
      userAgent: userAgent.slice(0, 300),
      expiresAt: sql`now() + make_interval(days => ${guestDays})`,
    })
    .returning({ id: sessions.id })
  return { id: row!.id, token }
}

/**
 * Begins the session of somebody who signed in. The browser's former session ends, so an id known before
 * the sign-in is worthless after it; the cart moves over.
 */
export async function startUserSession(input: {
  userId: number
  formerSessionId: number | null
  userAgent: string
}): Promise<{ token: string }> {
  const token = newToken()
  await transaction(async (tx) => {
    const [row] = await tx
      .insert(sessions)
      .values({
        tokenHash: hashToken(token),
        userId: input.userId,
        userAgent: input.userAgent.slice(0, 300),
        expiresAt: sql`now() + make_interval(hours => ${staffHours})`,
      })
      .returning({ id: sessions.id })
    if (input.formerSessionId === null) return
    await tx.update(carts).set({ sessionId: row!.id }).where(eq(carts.sessionId, input.formerSessionId))
    await tx.delete(sessions).where(eq(sessions.id, input.formerSessionId))
  })
  return { token }
}

/** Ends the session at once. */
export async function endSession(sessionId: number): Promise<void> {
  await db.delete(sessions).where(eq(sessions.id, sessionId))
}

function newToken(): string {
  return randomBytes(32).toString('base64url')
}

function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
