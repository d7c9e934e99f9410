import { can } from '#app/domain/access/access.ts'
import { dateFormat, formatCount, formatNumber } from '#app/domain/intl.ts'
import { formatMoney } from '#app/domain/money.ts'
import { readDailySummary } from '#app/domain/reports/daily-summary.server.ts'
import { summaryDay } from '#app/domain/mail/outbox.server.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { urls } from '#app/urls.ts'
import { db } from '#db/client.ts'
import { type emails, users } from '#db/schema/index.ts'
import { env } from '#env'
import { and, eq, isNull } from 'drizzle-orm'
import type { AccountEmailText } from './templates/account-email.tsx'

/** A staff member's summary of a day: what their permissions cover; null when they may not see orders any more. */
export async function composeSummary(
  { dedupeKey, toEmail }: Pick<typeof emails.$inferSelect, 'dedupeKey' | 'toEmail'>,
  settings: Settings,
): Promise<AccountEmailText | null> {
  const [user] = await db
    .select({ role: users.role, permissions: users.permissions })
    .from(users)
    .where(and(eq(users.email, toEmail), isNull(users.disabledAt)))
  if (!user || !can(user, 'orders')) return null
  const { locale, timeZone, lowStockThreshold: lowStock } = settings
  const day = summaryDay(dedupeKey)
  const summary = await readDailySummary({ day, timeZone, lowStock })
  const { placed, refunded } = summary
  const name = dateFormat(locale, { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(day))
  const rows = [
    { label: 'Orders', amount: formatNumber(placed.orders) },
    { label: 'Sales', amount: formatMoney(placed.amount, settings) },
    { label: `Refunds (${formatNumber(refunded.orders)})`, amount: formatMoney(refunded.amount, settings) },
  ]
  const tasks = [
    { label: 'Unpaid orders', count: summary.unpaid },
    { label: 'Orders to ship', count: summary.unfulfilled },
    { label: 'Returns', count: summary.returns },
    { label: 'Products low in stock', count: can(user, 'catalog') ? summary.lowStock : 0 },
    { label: 'Failed emails', count: summary.failedEmails },
  ].filter(({ count }) => count > 0)
  return {
    subject: `${settings.shopName}: ${formatCount(placed.orders, 'order')} on ${name}`,
    heading: 'Daily summary',
    lead: name,
    rows: [
      ...rows,
      ...tasks.map(({ label, count }) => ({ label: `To do: ${label}`, amount: formatNumber(count) })),
    ],
    button: { label: 'View orders', href: env.appOrigin + urls.admin.orders() },
    after: 'You get this email because of your notification settings.',
  }
}
