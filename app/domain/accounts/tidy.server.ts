import { lt, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { mailLinks, orderWatchers, pendingSignIns, sessions } from '#db/schema/index.ts'

/**
 * Deletes what nobody can use any more: sessions that are over (with the carts of their guests), sign-ins whose
 * second factor never came, links of mails a week after they expired, looks at orders, counters of tries. Safe to run at any time, and twice.
 */
export async function deleteWhatIsOver(): Promise<void> {
  const isIdle = sql`${sessions.lastSeenAt} + make_interval(secs => ${sessions.idleSeconds}) < now()`
  await db.delete(sessions).where(sql`${lt(sessions.expiresAt, sql`now()`)} or ${isIdle}`)
  await db.delete(pendingSignIns).where(lt(pendingSignIns.expiresAt, sql`now()`))
  await db.delete(mailLinks).where(lt(mailLinks.expiresAt, sql`now() - interval '7 days'`))
  await db.delete(orderWatchers).where(lt(orderWatchers.seenAt, sql`now() - interval '1 hour'`))
  await db.execute(sql`delete from rate_limits where expire < extract(epoch from now()) * 1000`)
}
