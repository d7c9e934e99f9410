import { createHash, randomBytes } from 'node:crypto'
import { and, desc, eq, gt, inArray, isNull, lt, ne, or, sql } from 'drizzle-orm'
import { db, preparedQuery, type Tx } from '#db/client.ts'
import { pendingSignIns, sessions, users } from '#db/schema/index.ts'
import type { SessionUser } from '#app/domain/access/roles.ts'

/** `secondsLeft`: until the session expires if it is not used. */
export type Session = { id: number; user: SessionUser | null; secondsLeft: number }

const minutes = (n: number) => n * 60
const hours = (n: number) => n * 60 * 60
const days = (n: number) => n * 24 * 60 * 60

/** Session lifetimes in seconds: idle and absolute (OWASP ASVS 5.0, 7.3.1 and 7.3.2). */
const limits = {
  guest: { idle: days(90), maxAge: days(90) },
  customer: { idle: days(30), maxAge: days(90) },
  staff: { idle: minutes(30), maxAge: hours(12) },
}

const isAlive = and(
  gt(sessions.expiresAt, sql`now()`),
  sql`${sessions.lastSeenAt} + make_interval(secs => ${sessions.idleSeconds}) > now()`,
)

/**
 * The active session of a cookie's token; null when it is unknown or expired, or its user is suspended. Records when a
 * user was last seen, at most once a minute (staff) or an hour (customers): the only write that a page load makes.
 */
export async function findSession(token: string): Promise<Session | null> {
  const [row] = await selectSession({ tokenHash: hashToken(token) })
  if (!row) return null
  const { id, userId, email, name, role, permissions, hasTwoFactor, isUnnoted, secondsLeft } = row
  if (userId === null) return { id, user: null, secondsLeft }
  if (isUnnoted)
    await db
      .update(sessions)
      .set({ lastSeenAt: sql`now()` })
      .where(eq(sessions.id, id))
  const user = {
    id: userId,
    email: email!,
    name: name!,
    role: role!,
    permissions: permissions!,
    hasTwoFactor,
  }
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
      permissions: users.permissions,
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

/** Starts a guest session, in the caller's transaction if given, and returns its token, which is never stored. */
export async function startGuestSession(
  userAgent: string,
  on: Pick<Tx, 'insert'> = db,
): Promise<{ id: number; token: string }> {
  return insertSession(on, { userId: null, userAgent, kind: 'guest' })
}

/** Inserts a session and returns its token, which is never stored. */
export async function insertSession(
  on: Pick<Tx, 'insert'>,
  input: { userId: number | null; userAgent: string; kind: keyof typeof limits },
): Promise<{ id: number; token: string }> {
  const { idle, maxAge } = limits[input.kind]
  const token = randomBytes(32).toString('base64url')
  const [row] = await on
    .insert(sessions)
    .values({
      tokenHash: hashToken(token),
      userId: input.userId,
      userAgent: input.userAgent.slice(0, 300),
      idleSeconds: idle,
      expiresAt: sql`now() + make_interval(secs => ${maxAge})`,
    })
    .returning({ id: sessions.id })
  return { id: row!.id, token }
}

/** Which of these sessions are still active. */
export async function listActiveSessions(sessionIds: number[]): Promise<number[]> {
  if (sessionIds.length === 0) return []
  const rows = await db
    .select({ id: sessions.id })
    .from(sessions)
    .leftJoin(users, eq(users.id, sessions.userId))
    .where(and(inArray(sessions.id, sessionIds), isAlive, isNull(users.disabledAt)))
  return rows.map(({ id }) => id)
}

/** Ends the session immediately. */
export async function endSession(sessionId: number): Promise<void> {
  await db.delete(sessions).where(eq(sessions.id, sessionId))
}

/** Ends all of the user's sessions, or all but one, as a step of the caller's transaction. */
export async function endUserSessions(
  tx: Pick<Tx, 'delete'>,
  userId: number,
  options: { except?: number } = {},
): Promise<void> {
  const others = options.except === undefined ? undefined : ne(sessions.id, options.except)
  await tx.delete(sessions).where(and(eq(sessions.userId, userId), others))
}

export type Device = { id: number; userAgent: string; createdAt: Date; lastSeenAt: Date }

/** The user's signed-in devices, most recently used first. */
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

/** One of the user's own active sessions; null when there is none with this id. */
export async function getDevice(input: { userId: number; sessionId: number }): Promise<Device | null> {
  const devices = await listDevices(input.userId)
  return devices.find(({ id }) => id === input.sessionId) ?? null
}

function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** Deletes expired and idle sessions, and sign-ins that never reached their two-factor step. */
export async function deleteExpiredSessions(): Promise<void> {
  const isIdle = sql`${sessions.lastSeenAt} + make_interval(secs => ${sessions.idleSeconds}) < now()`
  await db.delete(sessions).where(sql`${lt(sessions.expiresAt, sql`now()`)} or ${isIdle}`)
  await db.delete(pendingSignIns).where(lt(pendingSignIns.expiresAt, sql`now()`))
}
