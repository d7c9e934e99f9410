import { sql } from 'drizzle-orm'
import { deleteExpiredSessions } from '#app/domain/accounts/sessions.server.ts'
import { deleteOldDrafts } from '#app/domain/drafts/drafts.server.ts'
import { deleteOldCartReminders } from '#app/domain/cart/remind-of-carts.server.ts'
import { deleteOldCartSearches } from '#app/domain/cart/searched-lines.server.ts'
import { deleteExpiredLinks } from '#app/domain/mail/email-links.server.ts'
import { deleteOldPresence } from '#app/domain/orders/presence.server.ts'
import { deleteOldOrderSearches } from '#app/domain/orders/searched-lines.server.ts'
import { deleteOldPrices } from '#app/domain/pricing/price-history.server.ts'
import { searchReportDays } from '#app/domain/reports/counted-query.ts'
import { deleteOldSearches } from '#app/domain/reports/store-searches.server.ts'
import { deleteOldReviewRequests } from '#app/domain/reviews/request-reviews.server.ts'
import { deleteOldStockAlerts } from '#app/domain/stock-alerts/stock-alerts.server.ts'
import { db } from '#db/client.ts'

/**
 * Deletes expired rows: sessions (with their guests' carts), sign-ins without their two-factor step, email links a week
 * after they expired, draft orders that were deleted a month ago, order presence, old prices, old stock alerts, cart
 * reminders and review requests, counters of searches and the searches on lines of carts and orders, rate limit
 * counters. Safe to run at any time, and twice.
 */
export async function deleteExpired(): Promise<void> {
  await deleteExpiredSessions()
  await deleteExpiredLinks()
  await deleteOldDrafts()
  await deleteOldPresence()
  await deleteOldPrices()
  await deleteOldStockAlerts()
  await deleteOldCartReminders()
  await deleteOldSearches()
  await deleteOldCartSearches(searchReportDays)
  await deleteOldOrderSearches(searchReportDays)
  await deleteOldReviewRequests()
  await db.execute(sql`delete from rate_limits where expire < extract(epoch from now()) * 1000`)
}
