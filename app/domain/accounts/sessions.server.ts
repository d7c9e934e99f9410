import { createHash, randomBytes } from 'node:crypto'
import { and, desc, eq, gt, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import { joinCarts } from '#app/domain/cart/join-carts.server.ts'
import type { JoinedCarts } from '#app/domain/cart/join-lines.ts'
import { claimGuestOrders } from '#app/domain/orders/claim-guest-orders.server.ts'
import { db, preparedQuery, transaction, type Tx } from '#db/client.ts'
import { sessions, users } from '#db/schema/index.ts'
import { isStaff, type SessionUser } from './accounts.ts'

/** `secondsLeft` until it ends, if it is not used. */
export type Session = { id: number; user: SessionUser | null; secondsLeft: number }

const minutes = (n: number) => n * 60
const hours = (n: number) => n * 60 * 60
const days = (n: number) => n * 24 * 60 * 60

/** How long a session lasts in seconds: unused, and at most (OWASP ASVS 5.0, 7.3.1 and 7.3.2). */
const limits = {
  guest: { idle: days(90), most: days(90) },
  customer: { idle: days(30), most: days(90) },
  staff: { idle: minutes(30), most: hours(12) },
}

const isAlive = and(
  gt(sessions.expiresAt, sql`now()`),
  sql`${sessions.lastSeenAt} + make_interval(secs => ${sessions.idleSeconds}) > now()`,
)

/**
 * The live session of a cookie's token; null when it is unknown, over, or its user is disabled. Notes when a user
 * was last seen, but only once a minute (staff) or an hour (customers), which is the one thing a page may write.
 */
export async function findSession(token: string): Promise<Session | null> {
  const [row] = await selectSession({ tokenHash: hashToken(token) })
  if (!row) return null
  const { id, userId, email, name, role, areas, hasTwoFactor, isUnnoted, secondsLeft } = row
  if (userId === null) return { id, user: null, secondsLeft }
  if (isUnnoted)
    await db
      .update(sessions)
      .set({ lastSeenAt: sql`now()` })
      .where(eq(sessions.id, id))
  const user = { id: userId, email: email!, name: name!, role: role!, areas: areas!, hasTwoFactor }
  return { id, user, secondsLeft }
}

const selectSession = preparedQuery((db) =>
  db
    .select({
      id: sessions.id,
      userId: users.id,
      email: users.email,
      name: users.name,
      role: users.role,
      areas: users.areas,
      hasTwoFactor: sql<boolean>`${users.totpEnabledAt} is not null`,
      secondsLeft: sql<number>`extract(epoch from least(${sessions.expiresAt},
        ${sessions.lastSeenAt} + make_interval(secs => ${sessions.idleSeconds})) - now())::int`,
      isUnnoted: sql<boolean>`${sessions.lastSeenAt} < now() - make_interval(secs => least(${sessions.idleSeconds} / 30, 3600))`,
    })
    .from(sessions)
    .leftJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.tokenHash, sql.placeholder('tokenHash')),
        isAlive,
        or(isNull(sessions.userId), isNull(users.disabledAt)),
      ),
    )
    .prepare('session'),
)

/** Begins a guest's session, in the caller's transaction if there is one, and returns its token, which is never stored. */
export async function startGuestSession(
  userAgent: string,
  on: Pick<Tx, 'insert'> = db,
): Promise<{ id: number; token: string }> {
  return insertSession(on, { userId: null, userAgent, limit: limits.guest })
}

export type SignedIn = { sessionId: number; token: string; joined: JoinedCarts }

/**
 * Begins the session of somebody who signed in; null when the account was disabled meanwhile. The browser's former
 * session ends, so an id known before the sign-in is worthless after it. In the same transaction the guest's cart
 * joins the customer's, and guest orders of the account's verified address become the customer's.
 */
export async function startUserSession(input: {
  userId: number
  formerSessionId: number | null
  userAgent: string
}): Promise<SignedIn | null> {
  return transaction((tx) => beginUserSession(tx, input))
}

/** startUserSession as a step of the caller's transaction. Locks the user's row. */
export async function beginUserSession(
  tx: Tx,
  input: { userId: number; formerSessionId: number | null; userAgent: string },
): Promise<SignedIn | null> {
  const { userId, formerSessionId, userAgent } = input
  // Sign-ins of one person come one after the other, and never beside being disabled. The lock lets others go on
  // that only refer to the person, such as an order that tells the staff.
  const [user] = await tx
    .select({ role: users.role })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.disabledAt)))
    .for('no key update')
  if (!user) return null
  const limit = isStaff(user) ? limits.staff : limits.customer
  const { id, token } = await insertSession(tx, { userId, userAgent, limit })
  const joined = await joinCarts(tx, { sessionId: formerSessionId, userId })
  await claimGuestOrders(tx, userId)
  if (formerSessionId !== null) await tx.delete(sessions).where(eq(sessions.id, formerSessionId))
  return { sessionId: id, token, joined }
}

/** Which of these sessions are not over. */
export async function listLiveSessions(sessionIds: number[]): Promise<number[]> {
  if (sessionIds.length === 0) return []
  const rows = await db
    .select({ id: sessions.id })
    .from(sessions)
    .leftJoin(users, eq(users.id, sessions.userId))
    .where(and(inArray(sessions.id, sessionIds), isAlive, isNull(users.disabledAt)))
  return rows.map(({ id }) => id)
}

/** Ends the session at once. */
export async function endSession(sessionId: number): Promise<void> {
  await db.delete(sessions).where(eq(sessions.id, sessionId))
}

/** Ends all of the user's sessions, or all but one, as a step of the caller's transaction. */
export async function endSessionsOf(
  tx: Pick<Tx, 'delete'>,
  userId: number,
  options: { except?: number } = {},
): Promise<void> {
  const others = options.except === undefined ? undefined : ne(sessions.id, options.except)
  await tx.delete(sessions).where(and(eq(sessions.userId, userId), others))
}

export type Device = { id: number; userAgent: string; createdAt: Date; lastSeenAt: Date }

/** Where the user is signed in now, the most recently used first. */
export async function listDevices(userId: number): Promise<Device[]> {
  return db
    .select({
      id: sessions.id,
      userAgent: sessions.userAgent,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isAlive))
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id))
}

/** One of the user's own live sessions; null when there is none of this id. */
export async function getDevice(input: { userId: number; sessionId: number }): Promise<Device | null> {
  const devices = await listDevices(input.userId)
  return devices.find(({ id }) => id === input.sessionId) ?? null
}

async function insertSession(
  on: Pick<Tx, 'insert'>,
  input: { userId: number | null; userAgent: string; limit: { idle: number; most: number } },
): Promise<{ id: number; token: string }> {
  const token = randomBytes(32).toString('base64url')
  const [row] = await on
    .insert(sessions)
    .values({
      tokenHash: hashToken(token),
      userId: input.userId,
      userAgent: input.userAgent.slice(0, 300),
      idleSeconds: input.limit.idle,
      expiresAt: sql`now() + make_interval(secs => ${input.limit.most})`,
    })
    .returning({ id: sessions.id })
  return { id: row!.id, token }
}

function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
