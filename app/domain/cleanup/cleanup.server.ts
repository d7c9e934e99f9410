import { lt, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { emailLinks, orderPresence, pendingSignIns, sessions } from '#db/schema/index.ts'

/**
 * Deletes expired rows: sessions (with their guests' carts), sign-ins without their two-factor step, email links a week
 * after they expired, order presence, rate limit counters. Safe to run at any time, and twice.
 */
export async function deleteExpired(): Promise<void> {
  const isIdle = sql`${sessions.lastSeenAt} + make_interval(secs => ${sessions.idleSeconds}) < now()`
  await db.delete(sessions).where(sql`${lt(sessions.expiresAt, sql`now()`)} or ${isIdle}`)
  await db.delete(pendingSignIns).where(lt(pendingSignIns.expiresAt, sql`now()`))
  await db.delete(emailLinks).where(lt(emailLinks.expiresAt, sql`now() - interval '7 days'`))
  await db.delete(orderPresence).where(lt(orderPresence.seenAt, sql`now() - interval '1 hour'`))
  await db.execute(sql`delete from rate_limits where expire < extract(epoch from now()) * 1000`)
}
